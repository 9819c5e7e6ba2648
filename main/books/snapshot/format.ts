import { crc32 } from 'node:zlib';

/**
 * How a snapshot lies in its file: a fixed start, a contents list as JSON, and the sections, each from a multiple of eight
 * bytes on so that it is a typed array as it stands. All numbers are little-endian, as every machine we run on has them.
 *
 *   0  magic              8  format version     12  CRC-32 of all bytes from 16 on
 *  16  length of the file (a double)            24  length of the contents list      28  nothing
 *  32  contents list, sections
 */

/** Any array of numbers that lies in one piece of memory. */
export type Section = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

const SECTION_TYPES = { Uint8Array, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array, Float32Array, Float64Array } as const;
type SectionType = keyof typeof SECTION_TYPES;

/** The state of a book and the program that a snapshot was made for; of any other it says nothing. */
export interface SnapshotOf {
  /** The last journal entry, by number and hash. */
  sequence: number;
  head: string;
  /** Changes whenever the same facts would give other figures, or other sections. */
  engineVersion: string;
}

interface Contents extends SnapshotOf {
  sections: { name: string; type: SectionType; at: number; bytes: number }[];
}

const MAGIC = 'PLIMSNAP';
const FORMAT_VERSION = 1;
const CRC_AT = 12;
const CRC_FROM = 16;
const LENGTH_AT = 16;
const CONTENTS_LENGTH_AT = 24;
const CONTENTS_AT = 32;
const ALIGNMENT = 8;

const aligned = (at: number) => Math.ceil(at / ALIGNMENT) * ALIGNMENT;
const bytesOf = ({ buffer, byteOffset, byteLength }: Section) => new Uint8Array(buffer, byteOffset, byteLength);

function typeOf(section: Section): SectionType {
  // Buffers are byte arrays to us.
  return section instanceof Uint8Array ? 'Uint8Array' : (section.constructor.name as SectionType);
}

/** The bytes of a snapshot, in pieces to be written one after the other; the sections themselves are not copied. */
export function snapshotPieces(of: SnapshotOf, sections: Readonly<Record<string, Section>>): Uint8Array[] {
  const list = (from: number): Contents => {
    let at = from;
    const listed = Object.entries(sections).map(([name, section]) => {
      const entry = { name, type: typeOf(section), at, bytes: section.byteLength };
      at = aligned(at + section.byteLength);
      return entry;
    });
    return { ...of, sections: listed };
  };
  // Places count from the end of the contents list, whose own length depends on how many digits they have.
  const contents = new TextEncoder().encode(JSON.stringify(list(0)));
  const start = Buffer.alloc(aligned(CONTENTS_AT + contents.length));
  start.write(MAGIC, 0, 'latin1');
  start.writeUInt32LE(FORMAT_VERSION, MAGIC.length);
  start.writeUInt32LE(contents.length, CONTENTS_LENGTH_AT);
  start.set(contents, CONTENTS_AT);
  const pieces = Object.values(sections).flatMap((section) => [bytesOf(section), new Uint8Array(aligned(section.byteLength) - section.byteLength)]);
  start.writeDoubleLE(start.length + pieces.reduce((sum, { length }) => sum + length, 0), LENGTH_AT);
  start.writeUInt32LE(pieces.reduce((crc, piece) => crc32(piece, crc), crc32(start.subarray(CRC_FROM))), CRC_AT);
  return [start, ...pieces];
}

/** Why a snapshot is not used. */
export type Unusable = 'missing' | 'damaged' | 'other format' | 'other state of the book' | 'other engine';

/** What is wanted of a snapshot; where the engine is null, whoever asked looks at it himself. */
export type Wanted = Omit<SnapshotOf, 'engineVersion'> & { engineVersion: string | null };

/** The sections of a snapshot as views of its bytes, which begin at the start of their memory; or why they are not used. */
export function readSections(bytes: Uint8Array<ArrayBuffer>, wanted: Wanted): { engineVersion: string; sections: Record<string, Section> } | Unusable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < CONTENTS_AT || Buffer.from(bytes.subarray(0, MAGIC.length)).toString('latin1') !== MAGIC) return 'damaged';
  if (view.getUint32(MAGIC.length, true) !== FORMAT_VERSION) return 'other format';
  if (view.getFloat64(LENGTH_AT, true) !== bytes.length || view.getUint32(CRC_AT, true) !== crc32(bytes.subarray(CRC_FROM))) return 'damaged';
  const end = CONTENTS_AT + view.getUint32(CONTENTS_LENGTH_AT, true);
  const { sequence, head, engineVersion, sections } = JSON.parse(new TextDecoder().decode(bytes.subarray(CONTENTS_AT, end))) as Contents;
  if (sequence !== wanted.sequence || head !== wanted.head) return 'other state of the book';
  if (wanted.engineVersion !== null && engineVersion !== wanted.engineVersion) return 'other engine';
  return { engineVersion, sections: Object.fromEntries(sections.map(({ name, type, at, bytes: length }) => [name, sectionAt(bytes.buffer, type, aligned(end) + at, length)])) };
}

function sectionAt(buffer: ArrayBuffer, type: SectionType, at: number, bytes: number): Section {
  const Type = SECTION_TYPES[type];
  return new Type(buffer, at, bytes / Type.BYTES_PER_ELEMENT);
}
