import type { Desk } from '../../shared/contract.ts';
import { bridgeDesk } from './bridge-desk.ts';
import { loopbackDesk } from './loopback-desk.ts';

/**
 * Whether the desk answers. `denied` means that this tab's session is not known to the desk: it was opened without a
 * link from the terminal, or the desk has been started again since.
 */
export type Connection = 'connecting' | 'connected' | 'disconnected' | 'denied';

/** The desk, and whether it is there. */
export interface ConnectedDesk extends Desk {
  /** Calls at once with the present state and then at every change; returns how to stop. */
  onConnection: (listener: (connection: Connection) => void) => () => void;
}

/** The desk of whichever host opened this page: the Electron bridge when it is there, the loopback door otherwise. */
export function connect(): ConnectedDesk {
  return window.plimsoll ? bridgeDesk(window.plimsoll) : loopbackDesk(window.location.origin);
}
