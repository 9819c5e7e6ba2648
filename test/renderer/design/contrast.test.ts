import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { STATUS_LOOK, STATUSES_WORST_FIRST } from '../../../renderer/design/status.ts';

const css = readFileSync(new URL('../../../renderer/design/tokens.css', import.meta.url), 'utf8');
const colours = new Map([...css.matchAll(/--([\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\);/g)].map(([, name, light, dark]) => [name ?? '', { light: light ?? '', dark: dark ?? '' }]));

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(text: string, ground: string): number {
  const [light = 0, dark = 0] = [luminance(text), luminance(ground)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['surface', 'surface-raised', 'surface-hover', 'surface-selected', 'surface-sunken'];
const TEXTS = ['ink', 'ink-muted', 'ink-negative', 'ink-better', 'ink-worse', 'ink-link', 'danger'];
const statuses = STATUSES_WORST_FIRST.map((status) => [`status-${status}`, `status-${status}-tint`] as const);
/** Status words also stand on plain ground: dates that are late, counts in the status bar. Bankrupt never does. */
const plainStatuses = ['status-healthy', 'status-warning', 'status-indeterminate', 'status-call', 'status-liquidation'];

const pairs: (readonly [text: string, ground: string])[] = [
  ...TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)),
  ...TEXTS.flatMap((text) => (['whatif-tint', 'range-tint'] as const).map((ground) => [text, ground] as const)),
  ...plainStatuses.flatMap((text) => ['surface', 'surface-raised', 'surface-selected'].map((ground) => [text, ground] as const)),
  ...statuses,
  ['ink-faint', 'surface'],
  ['ink', 'flash'],
  ['ink-negative', 'flash'],
  ['accent-ink', 'accent'],
  ['ink-link', 'accent-tint'],
  ['whatif-ink', 'whatif-banner'],
];

test.each(pairs)('%s can be read on %s, in light and in dark', (text, ground) => {
  for (const mode of ['light', 'dark'] as const) {
    const front = colours.get(text)?.[mode];
    const back = colours.get(ground)?.[mode];
    expect(front && back, `${text} and ${ground} are tokens`).toBeTruthy();
    expect(contrast(front ?? '', back ?? ''), `${mode}: ${front} on ${back}`).toBeGreaterThanOrEqual(4.5);
  }
});

test('no two statuses share a shape or a word, so that none needs its colour', () => {
  const looks = Object.values(STATUS_LOOK);
  expect(new Set(looks.map((look) => look.glyph)).size).toBe(looks.length);
  expect(new Set(looks.map((look) => look.word)).size).toBe(looks.length);
});
