/** Plain text that is put together piece by piece as bytes, since millions of short strings would be garbage at once. */
export interface TextRoom {
  clear(): void;
  /** Characters of ASCII. */
  add(text: string): void;
  /** A whole number that is not negative, in digits. */
  addWhole(value: number): void;
  /** Takes the last bytes back. */
  back(bytes: number): void;
  /** The bytes so far; the next `clear` begins to write over them. */
  bytes(): Uint8Array;
}

const FIRST_BYTES = 64 * 1024;
const DIGITS_MAX = 16;
const ZERO = 0x30;

export function textRoom(): TextRoom {
  let room = new Uint8Array(FIRST_BYTES);
  let length = 0;

  function makeRoom(more: number): void {
    if (length + more <= room.length) return;
    const larger = new Uint8Array(2 * (length + more));
    larger.set(room);
    room = larger;
  }

  return {
    clear: () => {
      length = 0;
    },
    add: (text) => {
      makeRoom(text.length);
      for (let at = 0; at < text.length; at += 1) room[length + at] = text.charCodeAt(at);
      length += text.length;
    },
    addWhole: (value) => {
      makeRoom(DIGITS_MAX);
      let digits = 1;
      for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) digits += 1;
      let at = length + digits;
      for (let rest = value; at > length; rest = Math.floor(rest / 10)) {
        at -= 1;
        room[at] = ZERO + (rest % 10);
      }
      length += digits;
    },
    back: (bytes) => {
      length -= bytes;
    },
    bytes: () => room.subarray(0, length),
  };
}
