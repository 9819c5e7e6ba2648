import type { RuleValue } from '../../../shared/rule-values.ts';
import { fromDecimalText } from '../../../shared/money.ts';
import type { OverlaySection } from '../overlay/section.ts';

type Entry = Omit<RuleValue, 'replaces' | 'pack' | 'layer'>;
type Volatility = NonNullable<OverlaySection['volatility']>;

/** What a pack lays over a model's requirement, a line for each of its parts. */
export function overlayEntries({ volatility, concentration, liquidity, buffer }: OverlaySection): Entry[] {
  return [
    ...(volatility ? [entry('volatility', 'Factor of an underlying’s volatility', volatilityText(volatility), volatility)] : []),
    ...(concentration ? [entry('concentration', 'Concentration, by share of all requirements', concentration.bands.map(({ above, adds }) => `above ${percent(above)}: ${percent(adds)}`).join('; '), concentration)] : []),
    ...(liquidity ? [entry('liquidity', 'Liquidity, by days to sell', `√(days / ${liquidity.days}) at ${percent(liquidity.volumeShare)} of a usual day’s volume, at most ${liquidity.most} times`, liquidity)] : []),
    ...(buffer ? [entry('buffer', 'Buffer on the whole, used up while requirements rise', percent(buffer.share), buffer)] : []),
  ];
}

function entry(part: string, label: string, value: string, { cites, status, note = null }: { cites: string; status: Entry['status']; note?: string | null | undefined }): Entry {
  return { key: `overlay.${part}`, label, value, cites, status, note };
}

function volatilityText({ move, baseMove, least, most, stressWeight, longRunFloor }: Volatility): string {
  const size = move.method === 'ewma' ? `e^(${move.multiple} × σ) − 1` : `${percent(move.quantile)} quantile of rescaled returns`;
  const parts = [
    `√${move.days} days × (${size}), λ ${move.lambda}, by ${percent(baseMove)}`,
    `from ${least} to ${most} times`,
    ...(stressWeight === undefined ? [] : [`${percent(stressWeight)} of the weight on stress`]),
    ...(longRunFloor === true ? ['not below the long run'] : []),
  ];
  return parts.join('; ');
}

function percent(ratio: string): string {
  return `${fromDecimalText(ratio).times(100).toFixed()}%`;
}
