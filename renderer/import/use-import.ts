import { createContext, useContext } from 'react';
import { useValue } from '../desk/hooks.ts';
import type { ImportFlow, ImportStep } from './import-flow.ts';

const ImportContext = createContext<ImportFlow | null>(null);
export const ImportProvider = ImportContext.Provider;

/** The window's import. */
export function useImport(): ImportFlow {
  const flow = useContext(ImportContext);
  if (!flow) throw new Error('used outside ImportProvider');
  return flow;
}

export const useImportStep = (): ImportStep => useValue(useImport().now);
