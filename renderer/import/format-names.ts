import type { ImportFormat } from '../../shared/domain/import-plan.ts';

export const FORMAT_NAMES: Record<ImportFormat, string> = {
  'ibkr-flex-xml': 'IBKR Flex XML',
  'ibkr-activity-csv': 'IBKR activity CSV',
  'schwab-positions-csv': 'Schwab positions CSV',
  'fidelity-positions-csv': 'Fidelity positions CSV',
  'generic-csv': 'Mapped CSV',
};
