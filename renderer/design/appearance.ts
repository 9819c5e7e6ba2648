import { createValueStore } from '../desk/value-store.ts';
import type { NegativeStyle } from '../format/figure.ts';

/** How a person likes to see the desk; kept in this browser or window only. */
export interface Appearance {
  theme: 'system' | 'light' | 'dark';
  density: 'dense' | 'normal' | 'comfortable';
  negatives: NegativeStyle;
}

const KEY = 'plimsoll.appearance';
const CHOICES = {
  theme: ['system', 'light', 'dark'],
  density: ['dense', 'normal', 'comfortable'],
  negatives: ['parentheses', 'minus'],
} as const;

/** What was kept, with every part that is not one of the choices replaced by the first. */
export function readAppearance(kept: string | null): Appearance {
  let parts: Record<string, unknown> = {};
  try {
    parts = (JSON.parse(kept ?? '{}') ?? {}) as Record<string, unknown>;
  } catch {
    // A damaged setting is no reason to stop: the defaults stand.
  }
  const pick = <T extends string>(choices: readonly T[], value: unknown, fallback: T): T => choices.find((choice) => choice === value) ?? fallback;
  return {
    theme: pick(CHOICES.theme, parts['theme'], 'system'),
    density: pick(CHOICES.density, parts['density'], 'normal'),
    negatives: pick(CHOICES.negatives, parts['negatives'], 'parentheses'),
  };
}

export const appearance = createValueStore<Appearance>(readAppearance(null));

function show({ theme, density }: Appearance): void {
  const root = document.documentElement;
  root.dataset['density'] = density;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}

/** Reads what was kept, shows it, and keeps and shows every later change. */
export function startAppearance(): void {
  appearance.set(readAppearance(localStorage.getItem(KEY)));
  show(appearance.get());
  appearance.subscribe(() => {
    localStorage.setItem(KEY, JSON.stringify(appearance.get()));
    show(appearance.get());
  });
}

/** Moves one setting to its next choice. */
export function nextChoice(setting: keyof Appearance): void {
  const now = appearance.get();
  const choices: readonly string[] = CHOICES[setting];
  const next = choices[(choices.indexOf(now[setting]) + 1) % choices.length];
  appearance.set(readAppearance(JSON.stringify({ ...now, [setting]: next })));
}
