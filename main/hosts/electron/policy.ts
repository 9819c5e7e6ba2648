import type { App, ProxyConfig, Session, WebContents } from 'electron';
import { ORIGIN } from './scheme.ts';

/**
 * What the page may not do, which is everything but show itself and ask the desk. Each refusal is unconditional: the
 * application has no use for the thing refused, so there is no list of exceptions to get wrong.
 */

/** A proxy that does not exist, so that whatever slips past the request filter has nowhere to go (RFC 6761 `.invalid`). */
export const deadProxy: ProxyConfig = { mode: 'fixed_servers', proxyRules: 'http://blocked.invalid:9', proxyBypassRules: '<-loopback>' };

/** Chromium's number for "this certificate is refused". */
const CERTIFICATE_REFUSED = -2;

/** Locks every session and every page of the application, present and future. Call before the app is ready. */
export function lockApp(app: App, developing: boolean): void {
  app.on('session-created', (session) => lockSession(session, developing));
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}

/**
 * True for the only requests that are let through: our own scheme, and images that the page carries in itself, which
 * reach no network. While developing, the developer tools may load themselves.
 */
export function mayRequest({ url, resourceType }: { url: string; resourceType: string }, developing: boolean): boolean {
  if (url === ORIGIN || url.startsWith(`${ORIGIN}/`)) return true;
  if (url.startsWith('data:')) return resourceType === 'image';
  return developing && url.startsWith('devtools://');
}

/** Denies permissions, devices, downloads and the network to one session. */
export function lockSession(session: Session, developing: boolean): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, share) => share(null));
  session.setBluetoothPairingHandler((_details, respond) => respond({ confirmed: false }));
  session.setCertificateVerifyProc((_request, decide) => decide(CERTIFICATE_REFUSED));
  session.setSpellCheckerEnabled(false); // It would fetch dictionaries.
  session.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !mayRequest(details, developing) }));
  void session.setProxy(deadProxy);
  session.on('will-download', (event) => event.preventDefault());
  session.on('select-usb-device', (event, _details, choose) => {
    event.preventDefault();
    choose();
  });
  session.on('select-hid-device', (event, _details, choose) => {
    event.preventDefault();
    choose();
  });
  session.on('select-serial-port', (event, _ports, _contents, choose) => {
    event.preventDefault();
    choose('');
  });
}

/** Keeps one page where it is: no navigation, no redirect, no second window, no webview, no peer connections. */
export function lockContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  // WebRTC is not seen by the request filter; without a working proxy this leaves it no way out.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.on('select-bluetooth-device', (event, _devices, choose) => {
    event.preventDefault();
    choose('');
  });
}
