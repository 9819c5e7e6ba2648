import { contextBridge, ipcRenderer } from 'electron';

// The whole bridge between the sandboxed page and the program: two functions, no Node, no Electron, no paths.
// It is bundled to one CommonJS file, so it imports nothing of ours; door.ts spells the channel the same.
const CHANNEL = 'plimsoll';

contextBridge.exposeInMainWorld('plimsoll', {
  ask: (channel: string, input: unknown): Promise<unknown> => ipcRenderer.invoke(CHANNEL, channel, input),
  onPush(listener: (message: unknown) => void): () => void {
    // The event carries the sender; only the message goes on.
    const forward = (_event: unknown, message: unknown): void => listener(message);
    ipcRenderer.on(CHANNEL, forward);
    return () => void ipcRenderer.removeListener(CHANNEL, forward);
  },
});
