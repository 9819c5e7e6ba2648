import { useEffect, useRef } from 'react';
import { createValueStore, type ValueStore } from '../desk/value-store.ts';
import { keyBindings, type CommandId } from './key-map.ts';
import { keyName } from './key-name.ts';

/** Who can carry out a command now; the last to register is asked first, as the panel on top would be. */
type Handlers = ReadonlyMap<CommandId, readonly (() => void)[]>;

export const handlers: ValueStore<Handlers> = createValueStore<Handlers>(new Map());

/** A command asked for while the window was still starting and nobody could carry out anything yet. */
let early: CommandId | null = null;

function register(command: CommandId, handler: () => void): () => void {
  if (early === command) {
    early = null;
    queueMicrotask(handler);
  }
  const before = handlers.get();
  handlers.set(new Map(before).set(command, [handler, ...(before.get(command) ?? [])]));
  return () => {
    const now = handlers.get();
    handlers.set(new Map(now).set(command, (now.get(command) ?? []).filter((each) => each !== handler)));
  };
}

/** Offers to carry out a command while the component is on screen and `enabled`. */
export function useCommand(command: CommandId, handler: () => void, enabled = true): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => (enabled ? register(command, () => latest.current()) : undefined), [command, enabled]);
}

/** Carries out a command if anybody on screen can; says whether. */
export function runCommand(command: CommandId): boolean {
  const handler = handlers.get().get(command)?.[0];
  handler?.();
  return handler !== undefined;
}

export function canRun(command: CommandId): boolean {
  return (handlers.get().get(command)?.length ?? 0) > 0;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** True for keys that an open dialog keeps to itself. */
function isInDialog(): boolean {
  return document.querySelector('dialog[open]') !== null;
}

/** Listens to the whole window and turns keys into commands, from before the first screen is there. Returns how to stop. */
export function listenToKeys(target: Window): () => void {
  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || isInDialog()) return;
    const name = keyName(event);
    const typing = isTyping(event.target);
    const starting = handlers.get().size === 0;
    const binding = keyBindings.find(
      (each) => !each.builtIn && each.keys.includes(name) && (!typing || each.whileTyping === true) && (starting || canRun(each.command)),
    );
    if (!binding) return;
    event.preventDefault();
    if (starting) early = binding.command;
    else runCommand(binding.command);
  }
  target.addEventListener('keydown', onKeyDown);
  return () => target.removeEventListener('keydown', onKeyDown);
}
