import { useEffect, useState } from 'react';
import { useDesk } from '../desk/hooks.ts';
import { sayFault } from '../shell/notices.ts';
import type { KeyedPlanRow } from './plan-columns.ts';

const PAGE = 5_000;
/** More lines than this are counted and not listed: nobody reads further, and accepting takes all of them anyway. */
const ROWS_MAX = 20_000;

/** The lines of a plan, page by page, up to a readable many; `total` is the whole. */
export function usePlanRows(planId: string): { rows: readonly KeyedPlanRow[] | null; total: number } {
  const desk = useDesk();
  const [answer, setAnswer] = useState<{ planId: string; rows: readonly KeyedPlanRow[]; total: number } | null>(null);

  useEffect(() => {
    let left = false;
    async function read(): Promise<void> {
      const rows: KeyedPlanRow[] = [];
      for (let total = Infinity; rows.length < Math.min(total, ROWS_MAX); ) {
        const page = await desk.ask('import.planRows', { planId, offset: rows.length, limit: PAGE });
        if (left) return;
        if (!page.ok) return sayFault(page.fault);
        const start = rows.length;
        rows.push(...page.value.rows.map((row, index) => ({ ...row, key: String(start + index) })));
        total = page.value.total;
        setAnswer({ planId, rows: [...rows], total });
        if (page.value.rows.length === 0) return;
      }
    }
    void read();
    return () => {
      left = true;
    };
  }, [desk, planId]);

  return answer?.planId === planId ? { rows: answer.rows, total: answer.total } : { rows: null, total: 0 };
}
