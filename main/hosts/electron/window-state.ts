import { readFileSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import { z } from 'zod';

const placement = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
});

/** What the application remembers between starts, outside any book: where its window was and which book it showed. */
export const windowState = z.strictObject({
  bounds: placement.nullable(),
  maximized: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
  book: z.string().nullable(),
});
export type WindowState = z.infer<typeof windowState>;

export const freshState: WindowState = { bounds: null, maximized: false, theme: 'system', book: null };

export const SIZE_MIN = { width: 960, height: 600 };
const SIZE_FIRST = { width: 1440, height: 900 };
/** So much of the window must lie on a screen for it to be reachable. */
const VISIBLE_MIN = 120;

/** The remembered state; the fresh one when the file is missing or is not ours. Nothing depends on it but comfort. */
export function readState(file: string): WindowState {
  try {
    return windowState.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return freshState;
  }
}

/** Remembers the state. A full or read-only disk costs the memory, not the work. */
export function writeState(file: string, state: WindowState): void {
  try {
    writeFileSync(file, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  } catch (error) {
    console.error(`plimsoll: the window's place was not remembered (${error instanceof Error ? error.message : String(error)}).`);
  }
}

/**
 * Where to put the window: where it was, if enough of that is still on a screen (displays come and go), else in the
 * middle of the main screen (no x and y), as large as fits.
 */
export function placeWindow(bounds: Rectangle | null, workAreas: readonly Rectangle[]): Partial<Rectangle> & { width: number; height: number } {
  const main = workAreas[0] ?? { x: 0, y: 0, ...SIZE_FIRST };
  if (bounds && workAreas.some((area) => isReachable(bounds, area))) {
    return { ...bounds, width: Math.max(bounds.width, SIZE_MIN.width), height: Math.max(bounds.height, SIZE_MIN.height) };
  }
  return { width: Math.min(SIZE_FIRST.width, main.width), height: Math.min(SIZE_FIRST.height, main.height) };
}

function isReachable(bounds: Rectangle, area: Rectangle): boolean {
  const across = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  // The title bar is what a window is moved by: its top edge must be inside.
  const topInside = bounds.y >= area.y && bounds.y <= area.y + area.height - VISIBLE_MIN;
  return across >= VISIBLE_MIN && topInside;
}
