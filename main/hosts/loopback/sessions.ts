import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Who may talk to the loopback host: whoever was given the link in the terminal. A link carries a token that works
 * once; using it starts a session, known by a cookie from then on. Secrets are kept only as their hashes, and compared
 * in constant time.
 */
export interface Sessions {
  /** The token of a fresh link; the one before it, if unused, stops working. */
  freshToken(): string;
  /** Trades a token for a session's secret; null when it is wrong, used or replaced. */
  startSession(token: string): string | null;
  isSession(secret: string): boolean;
}

const SECRET_BYTES = 32;
// A person opens a handful of tabs; a session forgotten after that many others costs one press of Enter.
const SESSIONS_MAX = 32;

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
const freshSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

export function openSessions(): Sessions {
  let tokenDigest: Buffer | null = null;
  const sessionDigests: Buffer[] = [];

  return {
    freshToken() {
      const token = freshSecret();
      tokenDigest = digestOf(token);
      return token;
    },

    startSession(token) {
      if (!tokenDigest || !timingSafeEqual(tokenDigest, digestOf(token))) return null;
      tokenDigest = null;
      const secret = freshSecret();
      sessionDigests.push(digestOf(secret));
      if (sessionDigests.length > SESSIONS_MAX) sessionDigests.shift();
      return secret;
    },

    isSession(secret) {
      const digest = digestOf(secret);
      // Every session is compared, so that the time taken says nothing about which one it was.
      let known = false;
      for (const session of sessionDigests) known = timingSafeEqual(session, digest) || known;
      return known;
    },
  };
}
