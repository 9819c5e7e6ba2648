import { fail, succeed, type Result } from '../../../shared/result.ts';
import { csvRows, type Tick } from '../text/csv-rows.ts';
import { hostileHeader } from '../text/headers.ts';

/** A row of a section below its header. `kind` is the second cell: Data, Total, SubTotal, Notes. */
export interface SectionRow {
  kind: string;
  cells: string[];
  line: number;
  text: string;
}

/** A header of a section and the rows below it; a section has a new table wherever its header changes. */
export interface SectionTable {
  section: string;
  header: string[];
  headerLine: number;
  rows: SectionRow[];
}

const MARKERS = new Set(['Header', 'Data', 'Total', 'SubTotal', 'Notes']);

/** True for rows that read `Section,Header,…` and `Section,Data,…`. */
export function looksSectioned(rows: readonly (readonly string[])[]): boolean {
  const marked = rows.filter((cells) => cells.length > 2 && MARKERS.has(cells[1]?.trim() ?? ''));
  return marked.length >= 2 && marked.length * 2 > rows.length && marked.some((cells) => cells[1]?.trim() === 'Header');
}

/** Splits a sectioned CSV into its tables. Rows that carry no marker are passed over. */
export function readSections(name: string, text: string, tick?: Tick): Result<SectionTable[]> {
  const tables: SectionTable[] = [];
  const open = new Map<string, SectionTable>();
  const cursor = csvRows(name, text, ',', tick);
  while (cursor.next()) {
    const [section = '', kind = ''] = cursor.cells.slice(0, 2).map((cell) => cell.trim());
    if (!MARKERS.has(kind)) continue;
    if (kind === 'Header') {
      const header = cursor.cells.slice(2);
      const hostile = hostileHeader(header);
      if (hostile) return fail({ ...hostile, at: `${name}:${cursor.line}` });
      const table = { section, header, headerLine: cursor.line, rows: [] };
      tables.push(table);
      open.set(section, table);
    } else {
      open.get(section)?.rows.push({ kind, cells: cursor.cells.slice(2), line: cursor.line, text: cursor.rowText() });
    }
  }
  return cursor.fault ? fail(cursor.fault) : succeed(tables);
}
