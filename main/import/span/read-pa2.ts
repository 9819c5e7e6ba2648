import { fail, succeed, type Result } from '../../../shared/result.ts';
import { Decimal, toDecimalText, type DecimalText } from '../../../shared/money.ts';
import type { SpanCommodity, SpanContract, SpanParameters, SpanSpread } from './parameters.ts';
import { field, IMPLIED_DECIMALS, PA2, repeats, VALUES } from './pa2-records.ts';
import { usualScenarios } from './usual-scenarios.ts';
import { dayOf, periodText } from './values.ts';
import type { SpnReader } from './read-spn.ts';

interface Half {
  line: string;
  losses: DecimalText[];
}

interface Collected {
  header: { clearingOrg: string; date: string } | null;
  commodities: Map<string, SpanCommodity>;
  /** By product and type: decimals of array values, of prices and strikes, and what a contract counts. */
  arrayDecimals: Map<string, number>;
  prices: Map<string, { price: number; strike: number; factor: DecimalText | null }>;
  first: Map<string, Half>;
  contracts: { first: Half; second: string; losses: DecimalText[] }[];
  inter: SpanSpread[];
  skipped: Map<string, SpanParameters['skipped'][number]>;
}

const OPTION_TYPES = new Set(['OOF', 'OOP', 'OOC', 'OOE']);

/** Reads the fixed-width form. Records that are not read are counted and told. Faults: no header, no contract. */
export function readPa2(name: string): SpnReader {
  const collected: Collected = { header: null, commodities: new Map(), arrayDecimals: new Map(), prices: new Map(), first: new Map(), contracts: [], inter: [], skipped: new Map() };
  let rest = '';
  return {
    write: (piece) => {
      const lines = (rest + piece).split(/\r\n|\n|\r/);
      rest = lines.pop() ?? '';
      for (const line of lines) takeLine(collected, line);
    },
    close: () => {
      if (rest !== '') takeLine(collected, rest);
      return finish(name, collected);
    },
  };
}

function takeLine(collected: Collected, line: string): void {
  const { header, commodity, product, price, minimum } = PA2;
  const record = field(line, [0, 2]);
  switch (record) {
    case '':
      break;
    case '0':
      collected.header ??= { clearingOrg: field(line, header.clearingOrg), date: field(line, header.businessDate) };
      break;
    case '2': {
      const products = repeats(product).map((at) => ({ code: field(line, product.code, at), type: field(line, product.type, at), decimals: signed(field(line, product.decimals, at), field(line, product.decimalsSign, at)) })).filter(({ code }) => code !== '');
      const code = field(line, commodity.code);
      for (const one of products) collected.arrayDecimals.set(`${one.code} ${one.type}`, one.decimals);
      collected.commodities.set(code, { code, title: code, currency: field(line, commodity.currency) || 'USD', products: [...new Set(products.map((one) => one.code))], tiers: {}, interTiers: {}, spreads: [], spotMonths: [], shortOptionMinimum: null, shortOptionMethod: null, weightedRiskMethod: null });
      break;
    }
    case '3':
      takeTiers(collected, line);
      break;
    case '4': {
      const known = collected.commodities.get(field(line, minimum.code));
      if (known) Object.assign(known, { shortOptionMinimum: number(field(line, minimum.rate), 0), shortOptionMethod: field(line, minimum.method) === '2' ? 'MAX' : 'GROSS' });
      break;
    }
    case '6':
      takeInter(collected, line);
      break;
    case 'C':
      takeIntra(collected, line);
      break;
    case 'P':
      collected.prices.set(`${field(line, price.product)} ${field(line, price.type)}`, { price: Number(field(line, price.priceDecimals)), strike: Number(field(line, price.strikeDecimals)), factor: number(field(line, price.factor), IMPLIED_DECIMALS.factor) });
      break;
    case '81':
      collected.first.set(keyOf(line), { line, losses: lossesOf(collected, line, VALUES.first) });
      break;
    case '82': {
      const first = collected.first.get(keyOf(line));
      collected.first.delete(keyOf(line));
      if (first) collected.contracts.push({ first, second: line, losses: [...first.losses, ...lossesOf(collected, line, VALUES.second)] });
      else skip(collected, 'risk array', 'its first half is missing');
      break;
    }
    default:
      skip(collected, `record ${record}`, 'records of this kind are not read');
  }
}

function skip({ skipped }: Collected, what: string, reason: string): void {
  const before = skipped.get(`${what}\n${reason}`);
  skipped.set(`${what}\n${reason}`, { what, reason, count: (before?.count ?? 0) + 1 });
}

function takeTiers({ commodities }: Collected, line: string): void {
  const known = commodities.get(field(line, PA2.tiers.code));
  if (!known) return;
  for (const at of repeats(PA2.tiers)) {
    const tier = Number(field(line, PA2.tiers.number, at));
    if (tier > 0) known.tiers[String(tier)] = { from: periodText(field(line, PA2.tiers.from, at)), to: periodText(field(line, PA2.tiers.to, at)) };
  }
}

function takeIntra(collected: Collected, line: string): void {
  const { intra } = PA2;
  const code = field(line, intra.code);
  const legs = repeats(intra).flatMap((at) => {
    const [tier, ratio, side] = [Number(field(line, intra.tier, at)), number(field(line, intra.ratio, at), 0), field(line, intra.side, at)];
    return tier > 0 && ratio !== null && ratio !== '0' && (side === 'A' || side === 'B') ? [{ commodity: code, tier: String(tier), period: null, ratio, side } as const] : [];
  });
  const rate = number(field(line, intra.charge), 0);
  const known = collected.commodities.get(code);
  if (known && rate !== null && legs.length >= 2) known.spreads.push({ priority: Number(field(line, intra.priority)), method: 'F', rate, legs });
  else skip(collected, `spread of ${code}`, 'its commodity, charge or legs are missing');
}

function takeInter(collected: Collected, line: string): void {
  const { inter } = PA2;
  const legs = repeats(inter).flatMap((at) => {
    const [commodity, ratio, side] = [field(line, inter.commodity, at), number(field(line, inter.ratio, at), IMPLIED_DECIMALS.ratio), field(line, inter.side, at)];
    return commodity !== '' && ratio !== null && ratio !== '0' && (side === 'A' || side === 'B') ? [{ commodity, tier: null, period: null, ratio, side } as const] : [];
  });
  const rate = number(field(line, inter.credit), IMPLIED_DECIMALS.credit);
  if (rate !== null && legs.length >= 2) collected.inter.push({ priority: Number(field(line, inter.priority)), method: 'F', rate, legs });
  else skip(collected, 'spread between commodities', 'its credit or legs are missing');
}

/** Everything that names a contract; the two halves of its array have it in common. */
function keyOf(line: string): string {
  return line.slice(5, PA2.array.first);
}

function lossesOf({ arrayDecimals }: Collected, line: string, count: number): DecimalText[] {
  const { array } = PA2;
  const decimals = arrayDecimals.get(`${field(line, array.product)} ${field(line, array.type)}`) ?? 0;
  return repeats({ ...array, count }).map((at) => withSign(number(field(line, array.value, at), decimals) ?? '0', field(line, array.sign, at)));
}

function withSign(text: DecimalText, sign: string): DecimalText {
  return sign === '-' && text !== '0' ? `-${text}` : text;
}

function signed(digits: string, sign: string): number {
  return Number(digits) * (sign === '-' ? -1 : 1);
}

/** Digits without a point; null for anything else. */
function number(digits: string, decimals: number): DecimalText | null {
  return /^\d+$/.test(digits) ? toDecimalText(new Decimal(digits).times(new Decimal(10).pow(-decimals))) : null;
}

function finish(name: string, collected: Collected): Result<SpanParameters> {
  const businessDate = dayOf(periodText(collected.header?.date ?? null));
  if (!collected.header || businessDate === null) return fail({ code: 'no-span-file', message: 'Its first record is no header with a business date, so it is no SPAN risk parameter file.', at: name });
  const contracts = collected.contracts.flatMap(({ first, second, losses }) => contractOf(collected, first.line, second, losses) ?? []);
  if (contracts.length === 0) return fail({ code: 'no-span-file', message: 'There is no contract with a risk array in it.', at: name });
  if (collected.first.size > 0) skip(collected, 'risk array', 'its second half is missing');
  return succeed({ clearingOrg: collected.header.clearingOrg, businessDate, scenarios: usualScenarios(), commodities: [...collected.commodities.values()], contracts, interSpreads: collected.inter, superSpreads: [], skipped: [...collected.skipped.values()] });
}

function contractOf(collected: Collected, line: string, second: string, losses: DecimalText[]): SpanContract | null {
  const { array, second: tail } = PA2;
  const [product, type] = [field(line, array.product), field(line, array.type)];
  const isOption = OPTION_TYPES.has(type);
  if (!isOption && type !== 'FUT') {
    skip(collected, `contracts of type ${type}`, 'only futures and options are read');
    return null;
  }
  const prices = collected.prices.get(`${product} ${type}`);
  const futureExpiry = expiryOf(field(line, array.futureMonth), field(line, array.futureDay));
  const expiry = isOption ? expiryOf(field(line, array.optionMonth), field(line, array.optionDay)) : futureExpiry;
  const right = field(line, array.right);
  const strike = isOption ? number(field(line, array.strike), prices?.strike ?? 0) : null;
  if (expiry === null || (isOption && (strike === null || (right !== 'C' && right !== 'P')))) {
    skip(collected, `contracts of ${product}`, 'expiry, strike or side are missing');
    return null;
  }
  const price = number(field(second, tail.price), prices?.price ?? 0);
  const delta = number(field(second, tail.delta), IMPLIED_DECIMALS.delta);
  return {
    product,
    kind: isOption ? 'option' : 'future',
    expiry,
    right: isOption ? (right === 'C' ? 'call' : 'put') : null,
    strike,
    underlyingProduct: isOption ? field(line, array.underlying) || product : null,
    underlyingExpiry: isOption ? futureExpiry : null,
    european: null,
    currency: null,
    multiplier: prices?.factor === '0' ? null : (prices?.factor ?? null),
    price: price && withSign(price, field(second, tail.priceSign)),
    losses,
    compositeDelta: delta && withSign(delta, field(second, tail.deltaSign)),
  };
}

function expiryOf(month: string, day: string): string | null {
  return dayOf(periodText(/^\d{2}$/.test(day) ? `${month}${day}` : month));
}
