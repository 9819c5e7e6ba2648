import { expect, test } from 'vitest';
import { openSessions } from '../../../main/hosts/loopback/sessions.ts';

test('a token starts one session and is then dead', () => {
  const sessions = openSessions();
  const token = sessions.freshToken();
  const secret = sessions.startSession(token);
  expect(secret).not.toBeNull();
  expect(sessions.isSession(secret ?? '')).toBe(true);
  expect(sessions.startSession(token)).toBeNull();
});

test('a fresh token replaces the unused one before it, and leaves sessions alone', () => {
  const sessions = openSessions();
  const first = sessions.startSession(sessions.freshToken());
  const unused = sessions.freshToken();
  const second = sessions.freshToken();
  expect(sessions.startSession(unused)).toBeNull();
  expect(sessions.startSession(second)).not.toBeNull();
  expect(sessions.isSession(first ?? '')).toBe(true);
});

test('nothing but a session’s own secret is a session', () => {
  const sessions = openSessions();
  expect(sessions.startSession('')).toBeNull();
  const token = sessions.freshToken();
  const secret = sessions.startSession(token) ?? '';
  for (const wrong of ['', token, secret.slice(1), `${secret}x`, secret.toLowerCase()]) expect(sessions.isSession(wrong)).toBe(false);
});

test('secrets carry 256 bits and never repeat', () => {
  const sessions = openSessions();
  const tokens = Array.from({ length: 200 }, () => sessions.freshToken());
  expect(new Set(tokens).size).toBe(200);
  for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
});
