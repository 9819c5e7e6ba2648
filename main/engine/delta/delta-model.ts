import { Decimal, fromDecimalText, toDecimalText } from '../../../shared/money.ts';
import type { RuleReference } from '../../../shared/explain.ts';
import { difference, greatest, input, product, sum, type Figure } from '../figure/figure.ts';
import type { MarginModel, PositionMargin } from '../margin-model.ts';
import type { Rules } from '../packs/rules.ts';
import { assemblePool, riskRequirement, SAME_SHAPE } from '../pool/assemble.ts';
import type { SetAside } from '../pool/holding.ts';
import { holdingsOf } from '../pool/prepare-pool.ts';
import { besideRequirement, chargeBeside, isScanned } from '../scan/beside.ts';
import { isContract, prepareContracts } from '../scan/contracts.ts';
import { movedOptions } from '../scan/options/moved-options.ts';
import { worthOf } from '../scan/worth.ts';
import { withoutAsides } from '../pool/prepared-group.ts';
import { movedCallPrices } from '../trigger/moved-market.ts';
import { deltaLeg, type DeltaLeg } from './delta-leg.ts';
import type { DeltaType } from './section.ts';

type Cited = DeltaType & { rule: RuleReference };

/** Everything on one underlying, and what it is asked. */
interface DeltaGroup {
  underlying: string;
  type: Cited;
  legs: readonly DeltaLeg[];
  requirement: Figure;
}

/**
 * Portfolio delta margin: each underlying is asked a share of its net delta in money, at least a smaller share of its gross
 * delta, so that a hedge is never free. Underlyings do not offset each other.
 */
export const deltaModel: MarginModel = (pool, market, rules) => {
  const { currency } = pool.input;
  const holdings = holdingsOf(pool);
  const byRule = holdings.filter((holding) => !isScanned(holding));
  const { contracts, setAside } = prepareContracts(pool.input, market, rules);
  const rate = Number(rules.optional('scan.rate')?.value ?? '0');
  const held = [...holdings.filter((holding) => !byRule.includes(holding)), ...contracts.map(({ gain, localGain, ...contract }) => ({ ...contract, value: gain, localValue: contract.price && localGain }))];
  const made = held.map((one) => deltaLeg(one, currency, market, rate));
  const legs = made.filter((leg): leg is DeltaLeg => 'exposure' in leg);
  const asides = made.filter((leg): leg is SetAside => !('exposure' in leg));
  const groups = [...Map.groupBy(legs, ({ underlying }) => underlying)].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([underlying, own]) => chargeGroup(underlying, own, typeOf(underlying, rules), currency));
  const beside = chargeBeside(byRule, currency, market, rules);
  const maintenance = sum(currency, [...groups.map(({ requirement }) => requirement), besideRequirement(beside.charges, currency)], { label: 'Maintenance requirement', subject: { pool: pool.input.id } });
  const unsure = legs.filter(({ quantity, problem }) => problem !== null && quantity.isNegative()).map(({ instrument, problem }) => ({ instrument, reason: problem ?? '', indeterminate: true }));
  const unsettled = contracts.flatMap(({ instrument, problem }) => (problem === null ? [] : [{ instrument, reason: problem, indeterminate: true }]));
  const others = pool.setAside.filter(({ instrument }) => !isContract(market.terms(instrument)?.kind));
  const state = assemblePool(
    { ...pool, setAside: [...others, ...setAside, ...asides] },
    rules,
    { requirement: riskRequirement(currency, maintenance, maintenance), positions: [...groups.map((group) => group.legs.map((leg) => positionOf(leg, group, currency))), beside.positions], unpriced: [...unsure, ...unsettled], ...SAME_SHAPE },
    worthOf({ ...pool, groups: pool.groups.map((group) => withoutAsides(group, asides, currency)) }, contracts, rules),
  );
  return { ...state, ...movedCallPrices({ pool, market, rules, model: deltaModel, excess: () => state.figures.excess.amount, withOptions: movedOptions(pool.input.positions, market, { rate }) }) };
};

/** The type that lists the underlying, else the one that lists none. */
function typeOf(underlying: string, rules: Rules): Cited {
  const types = new Map<string, Cited>();
  for (const { pack, value } of rules.sections('delta')) for (const [name, type] of Object.entries(value.types)) types.set(name, { ...type, rule: { pack, cites: type.cites, parameter: `delta.types.${name}`, status: type.status } });
  const all = [...types.values()];
  return all.find(({ members }) => members?.includes(underlying)) ?? (all.find(({ members }) => members === undefined) as Cited);
}

function chargeGroup(underlying: string, legs: readonly DeltaLeg[], type: Cited, currency: string): DeltaGroup {
  const subject = { group: underlying };
  const net = sum(currency, legs.map(({ exposure }) => exposure), { label: 'Net delta, in money', subject });
  const gross = sum(currency, legs.map(({ exposure }) => size(exposure, currency)), { label: 'Gross delta, in money', subject });
  const share = (what: 'net' | 'gross', of: Figure): Figure =>
    product(currency, [input(fromDecimalText(type[what]), 'ratio', { label: `Share of the ${what} delta`, source: `rule pack ${type.rule.pack}`, rule: type.rule }), of], { label: `Charge on the ${what} delta`, rule: type.rule, subject });
  return { underlying, type, legs, requirement: greatest(currency, [share('net', size(net, currency)), share('gross', gross)], { label: underlying, rule: type.rule, subject }) };
}

function size(figure: Figure, currency: string): Figure {
  if (!figure.amount.isNegative()) return figure;
  return difference(currency, [input(new Decimal(0), currency, { label: 'Nothing', source: 'by definition' }), figure], { label: 'Size of it' });
}

/** A leg's share: the rate of its group's net delta on its own, with its sign in the direction of the net. */
function positionOf({ instrument, subType, quantity, price, localValue, value, exposure }: DeltaLeg, { underlying, type, legs }: DeltaGroup, currency: string): PositionMargin {
  const against = legs.reduce((total, leg) => total.plus(leg.exposure.amount), new Decimal(0)).isNegative();
  const rate = input(fromDecimalText(type.net).times(against ? -1 : 1), 'ratio', { label: 'Share of the net delta, towards its side', source: `rule pack ${type.rule.pack}`, rule: type.rule });
  const share = product(currency, [rate, exposure], { label: () => `Part of the net delta, ${instrument}`, subject: { instrument } });
  const regT = input(new Decimal(0), currency, { label: 'Regulation T does not apply under this model', source: 'by definition' });
  return {
    instrument,
    subType,
    quantity: toDecimalText(quantity),
    price: price && toDecimalText(price.amount),
    localValue,
    value,
    requirement: { regT, exchange: share, houseInitial: share, houseMaintenance: share },
    group: underlying,
    strategy: 'delta margin',
    rule: type.cites,
    parts: null,
    badges: share.unverified ? ['unverifiedRule'] : [],
  };
}
