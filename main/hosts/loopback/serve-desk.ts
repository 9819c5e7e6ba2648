import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Desk } from '../../../shared/contract.ts';
import { fail, succeed, type Fault, type Result } from '../../../shared/result.ts';
import type { HostAnswers } from '../../desk/door.ts';
import { askRoute } from './ask-route.ts';
import { cookieName, NO_SESSION, openGate, type Gate } from './gate.ts';
import { openLineRoute } from './line-route.ts';
import { pageLoad, type PageFiles } from './page-files.ts';
import { refuse, refusePage, send } from './reply.ts';
import { openSessions, type Sessions } from './sessions.ts';

export interface LoopbackOptions {
  desk: Desk;
  hostAnswers: HostAnswers;
  pages: PageFiles;
  /** 0 takes a free one. */
  port: number;
}

/** A desk and its pages, served to the browsers of the person at this machine. */
export interface LoopbackHost {
  port: number;
  /** A link that works once; the one before it, if unused, stops working. */
  freshLink(): string;
  /** Ends all connections and stops listening. The desk stays open: it is its opener's to close. */
  close(): Promise<void>;
}

const ADDRESS = '127.0.0.1';
const ASK_PATH = '/ask/';
const NOT_FOUND: Fault = { code: 'not-found', message: 'There is no such page.' };

/** Serves the desk on 127.0.0.1. Fault: `port-taken`. */
export async function serveDesk(options: LoopbackOptions): Promise<Result<LoopbackHost>> {
  const server = createServer();
  const listening = await listen(server, options.port);
  if (!listening.ok) return listening;

  const { port } = server.address() as AddressInfo;
  const sessions = openSessions();
  const gate = openGate(port, sessions);
  server.on('request', (request, response) => {
    route({ ...options, port, gate, sessions }, request, response).catch((error: unknown) => {
      // A bug: told on our side in full, and to the browser without its inside.
      console.error('Plimsoll: a request failed.', error);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, { code: 'internal-error', message: 'Plimsoll could not answer.' });
    });
  });
  const lines = openLineRoute(server, gate, options.desk, options.hostAnswers);

  return succeed({
    port,
    freshLink: () => `http://${ADDRESS}:${port}/?token=${sessions.freshToken()}`,
    async close() {
      lines.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  });
}

function listen(server: Server, port: number): Promise<Result<true>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(fail({ code: 'port-taken', message: `Port ${port} cannot be used (${error.code ?? error.message}).`, fix: 'Leave out --port and a free one is taken.' })),
    );
    server.listen(port, ADDRESS, () => resolve(succeed(true)));
  });
}

interface Routes extends LoopbackOptions {
  gate: Gate;
  sessions: Sessions;
}

async function route(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = request.url ?? '';
  if (request.method === 'GET') return pageRoute(routes, request, response, target);
  if (request.method === 'POST' && target.startsWith(ASK_PATH)) {
    const address = routes.gate.address(request, 'required');
    if (!address.ok) return refuse(response, 403, address.fault);
    const session = routes.gate.session(request);
    if (!session.ok) return refuse(response, 401, session.fault);
    return askRoute(request, response, routes.desk, routes.hostAnswers, target.slice(ASK_PATH.length));
  }
  return refuse(response, 405, { code: 'wrong-method', message: 'Plimsoll does not answer that.' }, { allow: 'GET, POST' });
}

function pageRoute(routes: Routes, request: IncomingMessage, response: ServerResponse, target: string): void {
  const address = routes.gate.address(request, 'optional');
  if (!address.ok) return refusePage(response, 403, address.fault);
  if (target.startsWith('/?token=')) return tokenRoute(routes, request, response, target.slice('/?token='.length));
  const session = routes.gate.session(request);
  if (!session.ok) return refusePage(response, 401, session.fault);
  const file = routes.pages.get(target);
  if (!file) return refusePage(response, 404, NOT_FOUND);
  if (target !== '/') return send(response, { status: 200, ...file });
  const { bytes, policy } = pageLoad(file);
  return send(response, { status: 200, type: file.type, bytes, headers: { 'content-security-policy': policy } });
}

/** Trades the link's token for a cookie, and sends the browser to the page without it. */
function tokenRoute({ sessions, gate, port }: Routes, request: IncomingMessage, response: ServerResponse, token: string): void {
  // A browser that guesses what will be opened must not use up the link.
  if ('sec-purpose' in request.headers || 'purpose' in request.headers) return refusePage(response, 403, { code: 'prefetch', message: 'The link is for opening, not for looking ahead.' });
  const secret = sessions.startSession(token);
  // Who reloads the link in a browser that has a session is simply shown the page.
  if (secret === null && !gate.session(request).ok) return refusePage(response, 401, { ...NO_SESSION, message: 'This link has been used or replaced.' });
  const cookie = secret === null ? {} : { 'set-cookie': `${cookieName(port)}=${secret}; HttpOnly; SameSite=Strict; Path=/` };
  return send(response, { status: 303, type: 'text/plain; charset=utf-8', bytes: Buffer.from('Opening Plimsoll.\n'), headers: { location: '/', ...cookie } });
}
