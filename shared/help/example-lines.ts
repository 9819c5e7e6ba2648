import { FIGURES, type FigureName } from '../domain/margin-state.ts';
import { formatAmount } from '../format.ts';
import { STATUS_GLYPHS } from '../status-words.ts';
import type { HelpExample } from './example.ts';

/** Figures in the words of the desk, as examples and headings write them. */
export const FIGURE_WORDS: Record<FigureName, string> = {
  maintenance: 'Maintenance',
  initial: 'Initial',
  equity: 'Equity',
  netLiq: 'Net liquidation value',
  excess: 'Excess',
  available: 'Available',
  deficit: 'Deficit',
  healthRatio: 'Health',
  regTInitial: 'Reg T initial',
  regTDueToday: 'Reg T due today',
  exchangeMaintenance: 'Exchange maintenance',
  exchangeInitial: 'Exchange initial',
  utilisation: 'Used',
  leverage: 'Leverage',
  marginToLiquidation: 'Margin to liquidation',
  specialMemorandum: 'Special memorandum account',
  buyingPower: 'Buying power',
};

const RATIOS: ReadonlySet<FigureName> = new Set<FigureName>(['healthRatio', 'utilisation', 'leverage', 'marginToLiquidation']);
const money = (amount: string): string => formatAmount(amount, { decimals: 'exact', decimalsMin: 2, negative: 'minus' });

/** What an example comes to, line by line: what it is, and how much. */
export function linesOfExample({ gives, status, currency = 'USD', callPrices = [], pairing, asks = [], movable = [] }: HelpExample): [what: string, amount: string][] {
  const figures = FIGURES.flatMap((figure): [string, string][] => {
    const amount = gives[figure];
    if (amount === undefined) return [];
    if (amount === null) return [[FIGURE_WORDS[figure], 'does not exist']];
    return [[FIGURE_WORDS[figure], RATIOS.has(figure) ? formatAmount(amount, { decimals: 'exact', decimalsMin: 2 }) : `${money(amount)} ${currency}`]];
  });
  const prices = callPrices.map(({ instrument, down, up }): [string, string] => [`Call price of ${instrument}`, [down === null ? null : `${money(down)} down`, up === null ? null : `${money(up)} up`].filter(Boolean).join(', ')]);
  const paired: [string, string][] = pairing ? [['Greedy pairing', `${money(pairing.greedy)} ${currency}`], ['Gap', `${money(pairing.gap)} ${currency}`]] : [];
  const moving = movable.map(({ from, to, amount, arrivesAt }): [string, string] => [`Could arrive in pool ${to} from ${from} by ${arrivesAt.replace('T', ' ').replace('Z', ' UTC')}`, `${money(amount)} ${currency}`]);
  const answers = asks.flatMap(({ ask, answer }) => Object.entries(answer).map(([name, value]): [string, string] => [`${ask}, ${name}`, String(value)]));
  return [...figures, ...paired, ...prices, ...moving, ...answers, ...(status === undefined ? [] : [['Status', `${STATUS_GLYPHS[status]} ${status}`] satisfies [string, string]])];
}
