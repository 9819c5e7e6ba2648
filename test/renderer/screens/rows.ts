import type { PositionRow } from '../../../shared/views.ts';

/** A long stock position with whatever a test wants different. */
export function positionOf(different: Partial<PositionRow>): PositionRow {
  return {
    key: 'p1',
    account: 'U1',
    group: 'AAPL',
    strategy: 'long stock',
    instrument: 'AAPL',
    kind: 'equity',
    description: null,
    subType: 'margin',
    side: 'long',
    quantity: '100',
    currency: 'USD',
    mark: '10',
    markAsOf: '2026-11-20',
    markSource: 'flex.xml',
    value: '1000',
    valueInBase: '1000',
    regTInitial: '500',
    exchangeMaintenance: '250',
    houseInitial: '500',
    houseMaintenance: '300',
    maintenanceShare: '0.3',
    rule: 'FINRA 4210(c)(1)',
    daysToExpiry: null,
    callPriceDown: null,
    callPriceUp: null,
    badges: [],
    live: null,
    added: false,
    ...different,
  };
}
