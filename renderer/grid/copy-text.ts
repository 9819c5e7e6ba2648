/**
 * Puts text on the clipboard from within a key press or click. It goes through the copy event, which needs no
 * permission; the clipboard API does, and the Electron host denies all permissions.
 */
export function copyText(text: string): boolean {
  function onCopy(event: ClipboardEvent): void {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  document.addEventListener('copy', onCopy, { capture: true, once: true });
  const copied = document.execCommand('copy');
  document.removeEventListener('copy', onCopy, { capture: true });
  return copied;
}
