import { useSyncExternalStore } from 'react';

/** Where the person is: one screen, kept in the page's hash so that going back and reloading work. */
export type Route =
  | { screen: 'queue' }
  | { screen: 'accounts' }
  | { screen: 'account'; account: string; branchId: string | null }
  | { screen: 'import' }
  | { screen: 'exclusions' };

/** The route that a hash names; anything unknown is the call queue, which is home. */
export function readRoute(hash: string): Route {
  const [screen, account, what, branchId] = hash.replace(/^#\/?/, '').split('/').map(decodePart);
  if (screen === 'accounts' || screen === 'import' || screen === 'exclusions') return { screen };
  if (screen === 'account' && account) return { screen, account, branchId: what === 'what-if' && branchId ? branchId : null };
  return { screen: 'queue' };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

export function hashOf(route: Route): string {
  if (route.screen !== 'account') return `#/${route.screen}`;
  const account = `#/account/${encodeURIComponent(route.account)}`;
  return route.branchId === null ? account : `${account}/what-if/${encodeURIComponent(route.branchId)}`;
}

export function go(route: Route): void {
  window.location.hash = hashOf(route);
}

export function goToAccount(account: string): void {
  go({ screen: 'account', account, branchId: null });
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** The route now; components using it follow it. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return readRoute(hash);
}
