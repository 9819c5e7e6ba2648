import type { IncomingMessage } from 'node:http';
import { fail, succeed, type Fault, type Result } from '../../../shared/result.ts';
import type { Sessions } from './sessions.ts';

/**
 * Whether a request comes from our own page in the browser of the person at this machine. Another web page must not
 * get in by naming our address (Origin), nor by naming its own and having it resolve to 127.0.0.1 (Host), nor another
 * program without the cookie. Whatever is missing or doubled is refused.
 */
export interface Gate {
  /** The name the browser knows us by, `127.0.0.1:43817`, once Host and Origin are found to be ours. */
  address(request: IncomingMessage, origin: 'required' | 'optional'): Result<string>;
  /** Passes when the request carries the cookie of a session. */
  session(request: IncomingMessage): Result<true>;
}

export const NO_SESSION: Fault = {
  code: 'no-session',
  message: 'This browser has no session with Plimsoll.',
  fix: 'Press Enter in the terminal where Plimsoll runs, and open the link it prints.',
};

/** Cookies do not know about ports, so the name does: two desks on one machine keep apart. */
export function cookieName(port: number): string {
  return `plimsoll-${port}`;
}

/** A header that came exactly once. */
function single(request: IncomingMessage, name: string): string | null {
  const values = request.headersDistinct[name];
  return values?.length === 1 ? (values[0] ?? null) : null;
}

function cookies(request: IncomingMessage, name: string): string[] {
  return (request.headersDistinct['cookie'] ?? [])
    .flatMap((header) => header.split(';'))
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie.startsWith(`${name}=`))
    .map((cookie) => cookie.slice(name.length + 1));
}

export function openGate(port: number, sessions: Sessions): Gate {
  const names = ['127.0.0.1', 'localhost'];
  // Browsers leave out the port when it is the scheme's own.
  const hosts = new Set([...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])]);

  return {
    address(request, origin) {
      const host = single(request, 'host');
      if (host === null || !hosts.has(host)) {
        return fail({ code: 'foreign-host', message: 'This address is not one Plimsoll answers to.', fix: 'Open the link that the terminal prints.' });
      }
      const given = request.headersDistinct['origin'] ?? [];
      const ours = given.length === 1 && given[0] === `http://${host}`;
      if (!ours && (given.length > 0 || origin === 'required')) {
        return fail({ code: 'foreign-origin', message: 'Plimsoll answers only its own page.' });
      }
      const site = request.headersDistinct['sec-fetch-site'] ?? [];
      if (site.some((value) => value !== 'same-origin' && value !== 'none')) {
        return fail({ code: 'foreign-site', message: 'Plimsoll answers only its own page.' });
      }
      return succeed(host);
    },

    session(request) {
      // All are tried: a cookie of the same name planted by another port must not lock the person out.
      return cookies(request, cookieName(port)).some((secret) => sessions.isSession(secret)) ? succeed(true) : fail(NO_SESSION);
    },
  };
}
