import type { IncomingMessage } from 'node:http';
import { formatBytes } from '../../../shared/format.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';

/**
 * Reads a request's body up to `bytesMax`. A larger one is refused from its declared length, or as soon as it turns
 * out larger, without keeping what came. Faults: `too-large`, `connection-lost`.
 */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<Result<Buffer>> {
  const refusal = fail({ code: 'too-large', message: `That is more than the ${formatBytes(bytesMax)} Plimsoll takes at once.`, fix: 'Split the file, or import it on the command line.' });
  // The rest is read and dropped: closing on a sender in mid-sentence would lose it the answer.
  const tooLarge = (): typeof refusal => (request.resume(), refusal);
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) return tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > bytesMax) return tooLarge();
      chunks.push(chunk);
    }
  } catch {
    return fail({ code: 'connection-lost', message: 'The browser stopped sending before the end.' });
  }
  return succeed(Buffer.concat(chunks, bytes));
}
