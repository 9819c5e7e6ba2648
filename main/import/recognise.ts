import type { ImportFormat, MappingProfile } from '../../shared/domain/import-plan.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { looksSectioned } from './ibkr/sections.ts';
import { FIDELITY, SCHWAB } from './csv/aliases.ts';
import { bestProfile } from './csv/generic-columns.ts';
import { firstRows, isBlank } from './text/csv-rows.ts';
import { sniffDelimiter } from './text/delimiter.ts';
import { headerScore, hostileHeader, normalHeader } from './text/headers.ts';

/** The format of a file, and the mapping profile that fits it where it is a desk's own. */
export interface Recognised {
  format: ImportFormat;
  profile: MappingProfile | null;
}

const ROWS_LOOKED_AT = 60;
const LOOKED_FOR = 'an IBKR Flex query, an IBKR activity statement, Schwab or Fidelity positions, and the columns of your saved mapping profiles';

/** Tells what a file is from its content; its name plays no part. */
export function recognise(name: string, text: string, wanted: { format?: ImportFormat; profile?: MappingProfile; profiles: readonly MappingProfile[] }): Result<Recognised> {
  if (text.trim() === '') return fail({ code: 'empty-file', message: 'The file holds nothing but white space.', at: name, fix: 'Export it again.' });
  if (wanted.profile) return succeed({ format: 'generic-csv', profile: wanted.profile });
  if (wanted.format && wanted.format !== 'generic-csv') return succeed({ format: wanted.format, profile: null });
  const start = text.trimStart();
  if (start.startsWith('<')) return recogniseXml(name, start);
  if (/^[{[]\s*["{[\]}]/.test(start)) return fail({ code: 'unknown-format', message: 'This is JSON, which is not read here.', at: name, fix: 'Export the positions as CSV or as a Flex query.' });
  return recogniseCsv(name, text, wanted);
}

function recogniseXml(name: string, start: string): Result<Recognised> {
  const head = start.slice(0, 64 * 1024).replaceAll(/<!--[\s\S]*?-->/g, '');
  const root = /<([A-Za-z_][\w.-]*)[\s/>]/.exec(head)?.[1];
  if (root === 'FlexQueryResponse') return succeed({ format: 'ibkr-flex-xml', profile: null });
  if (root === 'FlexStatementResponse') {
    const message = /<ErrorMessage>([^<]{1,200})/.exec(head)?.[1];
    return fail({ code: 'flex-error', message: `This is IBKR's answer to a request, not the statement${message ? `: "${message.trim()}"` : ''}.`, at: name, fix: 'Wait a moment and download the statement again.' });
  }
  if (/^(?:html|head|body)$/i.test(root ?? '') || /^<!doctype html/i.test(head)) {
    return fail({ code: 'unknown-format', message: 'This is a web page, not an export.', at: name, fix: "Use the broker's export, not the browser's \"save page\"." });
  }
  if (/<!DOCTYPE/i.test(head)) {
    return fail({ code: 'xml-doctype', message: 'The XML declares a DOCTYPE, which no Flex file has.', at: name, fix: "Use the file as it comes from the broker's site." });
  }
  return fail({ code: 'unknown-format', message: root ? `The XML's root is <${root}>; a Flex file's is <FlexQueryResponse>.` : 'The XML has no element.', at: name, fix: 'Download an activity Flex query as XML.' });
}

function recogniseCsv(name: string, text: string, wanted: { format?: ImportFormat; profiles: readonly MappingProfile[] }): Result<Recognised> {
  const rows = firstRows(name, text, sniffDelimiter(text), ROWS_LOOKED_AT).filter(({ cells }) => !isBlank(cells));
  const profile = bestProfile(name, text, wanted.profiles);
  if (wanted.format === 'generic-csv') return succeed({ format: 'generic-csv', profile });
  if (looksSectioned(rows.map(({ cells }) => cells))) return succeed({ format: 'ibkr-activity-csv', profile: null });
  if (rows.some(({ cells }) => isSchwabHeader(cells)) || /^positions for /i.test(rows[0]?.cells[0] ?? '')) return succeed({ format: 'schwab-positions-csv', profile: null });
  if (rows.some(({ cells }) => isFidelityHeader(cells))) return succeed({ format: 'fidelity-positions-csv', profile: null });
  if (profile) return succeed({ format: 'generic-csv', profile });
  return fail(unknownCsv(name, rows));
}

// Market value under Schwab's names tells it from a desk's own "Symbol, Description, Quantity, Price".
function isSchwabHeader(cells: readonly string[]): boolean {
  const names = new Set(cells.map(normalHeader));
  const hasValue = SCHWAB.value.some((alias) => names.has(alias));
  return hasValue && headerScore(cells, SCHWAB) >= 5 && !names.has('account number');
}

function isFidelityHeader(cells: readonly string[]): boolean {
  const names = new Set(cells.map(normalHeader));
  return names.has('account number') && headerScore(cells, FIDELITY) >= 6;
}

function unknownCsv(name: string, rows: readonly { cells: string[]; line: number }[]): { code: string; message: string; at: string; fix: string } {
  const first = rows[0];
  const hostile = first && hostileHeader(first.cells);
  if (first && hostile) return { ...hostile, at: `${name}:${first.line}` };
  const shown = first?.cells.slice(0, 6).map((cell) => cell.slice(0, 30)).join(', ') ?? '';
  return {
    code: 'unknown-format',
    message: `No format fits. Looked for ${LOOKED_FOR}; the first row reads "${shown}".`,
    at: name,
    fix: 'Make a mapping profile for this file, or export it again with its header row.',
  };
}
