import type { IncomingMessage, ServerResponse } from 'node:http';
import { contract, type Channel, type Desk } from '../../../shared/contract.ts';
import { FILE_BYTES_MAX, fileBytes } from '../../../shared/file-bytes.ts';
import { fail, succeed, type Fault, type Result } from '../../../shared/result.ts';
import { answer, type HostAnswers } from '../../desk/door.ts';
import { refuse, sendResult } from './reply.ts';
import { readBody } from './request-body.ts';

/** Largest question; a question is a few names and amounts. */
const QUESTION_BYTES_MAX = 1024 * 1024;

const STATUS_OF: Record<string, number> = {
  'unknown-channel': 404,
  'missing-header': 403,
  'wrong-type': 415,
  'too-large': 413,
  'bad-json': 400,
  'bad-file-name': 400,
  'bad-input': 400,
  'connection-lost': 400,
};

const isUpload = (channel: string): boolean => Object.hasOwn(contract, channel) && contract[channel as Channel].kind === 'upload';

/** The media type alone: `application/json` of `application/json; charset=utf-8`. */
function mediaType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** `POST /ask/<channel>`: reads the question, puts it to the desk's door and sends what the door answers. */
export async function askRoute(request: IncomingMessage, response: ServerResponse, desk: Desk, hostAnswers: HostAnswers, channel: string): Promise<void> {
  const input = await readQuestion(request, channel);
  if (!input.ok) {
    refuse(response, STATUS_OF[input.fault.code] ?? 400, input.fault);
    return;
  }
  const result = await answer(desk, channel, input.value, hostAnswers);
  sendResult(response, result.ok ? 200 : (STATUS_OF[result.fault.code] ?? 200), result);
}

/** The input as the door wants it. The door, not this, judges whether it fits the channel. */
async function readQuestion(request: IncomingMessage, channel: string): Promise<Result<unknown>> {
  if (request.headersDistinct['x-plimsoll']?.join() !== '1') {
    return fail({ code: 'missing-header', message: 'Questions need the header "x-plimsoll: 1".' });
  }
  return isUpload(channel) ? readUpload(request) : readJson(request);
}

async function readJson(request: IncomingMessage): Promise<Result<unknown>> {
  if (mediaType(request) !== 'application/json') return fail(wrongType('application/json'));
  const body = await readBody(request, QUESTION_BYTES_MAX);
  if (!body.ok) return body;
  try {
    return succeed(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body.value)));
  } catch {
    return fail({ code: 'bad-json', message: 'The question is not JSON text.' });
  }
}

async function readUpload(request: IncomingMessage): Promise<Result<unknown>> {
  if (mediaType(request) !== 'application/octet-stream') return fail(wrongType('application/octet-stream'));
  const name = fileName(request);
  if (!name.ok) return name;
  const body = await readBody(request, FILE_BYTES_MAX);
  // The desk is in another thread: it is handed bytes of its own, not a view of a shared pool.
  return body.ok ? succeed({ name: name.value, bytes: fileBytes(body.value) }) : body;
}

function wrongType(wanted: string): Fault {
  return { code: 'wrong-type', message: `This question is sent as ${wanted}.` };
}

// A file's name is shown and kept as provenance; it is never a path.
const NOT_IN_A_NAME = /[/\\\p{Cc}\p{Cs}]/u;

function fileName(request: IncomingMessage): Result<string> {
  const refused = fail({ code: 'bad-file-name', message: 'The header x-file-name must hold a file name, percent-encoded.' });
  const [encoded, ...more] = request.headersDistinct['x-file-name'] ?? [];
  if (encoded === undefined || more.length > 0) return refused;
  try {
    const name = decodeURIComponent(encoded);
    return name === '' || name === '.' || name === '..' || NOT_IN_A_NAME.test(name) ? refused : succeed(name);
  } catch {
    return refused;
  }
}
