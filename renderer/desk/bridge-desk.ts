import type { Desk } from '../../shared/contract.ts';
import type { ConnectedDesk } from './connect.ts';

/** What the Electron preload puts on the window, and nothing more: see main/hosts/electron. */
export type Bridge = Desk;

declare global {
  interface Window {
    readonly plimsoll?: Bridge;
  }
}

/** The desk behind the Electron bridge. It lives as long as the window does, so it is always connected. */
export function bridgeDesk(bridge: Bridge): ConnectedDesk {
  return {
    ask: (channel, input) => bridge.ask(channel, input),
    onPush: (listener) => bridge.onPush(listener),
    onConnection(listener) {
      listener('connected');
      return () => undefined;
    },
  };
}
