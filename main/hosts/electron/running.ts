import type { BrowserWindow } from 'electron';
import type { DeskHolder } from './desk-holder.ts';
import type { WindowState } from './window-state.ts';

/** The window and what stands behind it, while the application runs. */
export interface Running {
  window: BrowserWindow;
  holder: DeskHolder;
  /** Changes as the person works; written when the window closes. */
  state: WindowState;
}
