/**
 * What a page of Plimsoll may do, the same in every host: run its own scripts, use its own styles (and those that
 * carry the page's nonce, which the grid needs), talk to its own host, and nothing else.
 */

/** Stands in the built index.html wherever the nonce of one load belongs. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** The policy of one page load. A page's own WebSocket is covered by `'self'` in every current browser. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
