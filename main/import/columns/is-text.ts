const PIECE_BYTES = 512 * 1024;

/** True for text in UTF-8. Most files are plain ASCII, which is seen four bytes at a time. */
export function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  if (isAscii(bytes)) return true;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) decoder.decode(bytes.subarray(at, at + PIECE_BYTES), { stream: true });
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

function isAscii(bytes: Uint8Array): boolean {
  const aligned = Math.min(bytes.length, (4 - (bytes.byteOffset % 4)) % 4);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + aligned, Math.floor((bytes.length - aligned) / 4));
  let high = 0;
  for (let at = 0; at < words.length; at += 1) high |= words[at] as number;
  for (let at = 0; at < aligned; at += 1) high |= bytes[at] as number;
  for (let at = aligned + words.length * 4; at < bytes.length; at += 1) high |= bytes[at] as number;
  return (high & 0x80808080) === 0;
}
