import { themeQuartz, type Theme } from 'ag-grid-community';
import type { Appearance } from '../design/appearance.ts';

const SIZES = {
  dense: { rowHeight: 20, headerHeight: 24, fontSize: 11 },
  normal: { rowHeight: 24, headerHeight: 28, fontSize: 12 },
  comfortable: { rowHeight: 32, headerHeight: 34, fontSize: 13 },
} as const;

/** How much wider columns are than their figures at normal size say, so that no density cuts a date or an amount off. */
export const widthScale = (density: Appearance['density']): number => SIZES[density].fontSize / SIZES.normal.fontSize;

/** The grid's look, made of the design tokens: colours follow light and dark by themselves, sizes follow the density. */
export function gridTheme(density: Appearance['density']): Theme {
  const { rowHeight, headerHeight, fontSize } = SIZES[density];
  return themeQuartz.withParams({
    browserColorScheme: 'inherit',
    backgroundColor: 'var(--surface)',
    foregroundColor: 'var(--ink)',
    chromeBackgroundColor: 'var(--surface-raised)',
    headerBackgroundColor: 'var(--surface-raised)',
    headerTextColor: 'var(--ink-muted)',
    oddRowBackgroundColor: 'var(--surface)',
    rowHoverColor: 'var(--surface-hover)',
    selectedRowBackgroundColor: 'var(--surface-selected)',
    borderColor: 'var(--line)',
    accentColor: 'var(--accent)',
    valueChangeValueHighlightBackgroundColor: 'var(--flash)',
    rowBorder: { color: 'var(--line)', width: 1, style: 'solid' },
    columnBorder: false,
    headerColumnBorder: { color: 'var(--line)', width: 1, style: 'solid' },
    pinnedColumnBorder: { color: 'var(--line-strong)', width: 1, style: 'solid' },
    headerRowBorder: { color: 'var(--line-strong)', width: 1, style: 'solid' },
    wrapperBorder: false,
    wrapperBorderRadius: 0,
    borderRadius: 3,
    fontFamily: 'var(--font)',
    fontSize,
    headerFontSize: fontSize,
    headerFontWeight: 600,
    spacing: 4,
    cellHorizontalPadding: 7,
    iconSize: 12,
    rowHeight,
    headerHeight,
    tooltipBackgroundColor: 'var(--ink)',
    tooltipTextColor: 'var(--surface)',
    menuBackgroundColor: 'var(--surface-raised)',
    inputBackgroundColor: 'var(--surface)',
    inputBorder: { color: 'var(--line-strong)', width: 1, style: 'solid' },
  });
}
