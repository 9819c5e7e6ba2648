import type { ServerResponse } from 'node:http';
import { fail, faultLine, type Fault, type Result } from '../../../shared/result.ts';

/** Headers of every answer: nothing is kept, guessed, framed, or told to another site. */
export const STANDING_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
  'x-frame-options': 'DENY',
};
const NOTHING_ALLOWED = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export interface Reply {
  status: number;
  type: string;
  bytes: Buffer;
  headers?: Record<string, string>;
}

export function send(response: ServerResponse, { status, type, bytes, headers = {} }: Reply): void {
  response.writeHead(status, {
    'content-security-policy': NOTHING_ALLOWED,
    ...STANDING_HEADERS,
    'content-type': type,
    'content-length': bytes.length,
    ...headers,
  });
  response.end(bytes);
}

/** An answer of packed rows goes out as its bytes, every other as JSON. */
export function sendResult(response: ServerResponse, status: number, result: Result<unknown>, headers: Record<string, string> = {}): void {
  if (result.ok && result.value instanceof Uint8Array) {
    const { buffer, byteOffset, byteLength } = result.value;
    send(response, { status, type: 'application/octet-stream', bytes: Buffer.from(buffer, byteOffset, byteLength), headers });
    return;
  }
  send(response, { status, type: 'application/json; charset=utf-8', bytes: Buffer.from(JSON.stringify(result)), headers });
}

/** A refusal to a program. What remains of the request's body is read and dropped, so that the answer gets through. */
export function refuse(response: ServerResponse, status: number, fault: Fault, headers: Record<string, string> = {}): void {
  sendResult(response, status, fail(fault), headers);
}

/** A refusal to a person who opened a page: one line of plain text. */
export function refusePage(response: ServerResponse, status: number, fault: Fault): void {
  send(response, { status, type: 'text/plain; charset=utf-8', bytes: Buffer.from(`Plimsoll: ${faultLine(fault)}\n`) });
}
