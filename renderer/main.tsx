import './no-eval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './design/tokens.css';
import './design/base.css';
import './design/shell.css';
import './design/grid.css';
import './design/panels.css';
import './design/help.css';
import './design/whatif.css';
import './design/compare.css';
import { startAppearance } from './design/appearance.ts';
import { connect } from './desk/connect.ts';
import { createDeskState } from './desk/desk-state.ts';
import { DeskProvider } from './desk/hooks.ts';
import { listenToKeys } from './keys/commands.ts';
import { createImportFlow } from './import/import-flow.ts';
import { ImportProvider } from './import/use-import.ts';
import { App } from './shell/app.tsx';

startAppearance();
listenToKeys(window);
const root = document.getElementById('root');
if (!root) throw new Error('the page has no root element');

const desk = createDeskState(connect());
createRoot(root).render(
  <StrictMode>
    <DeskProvider value={desk}>
      <ImportProvider value={createImportFlow(desk)}>
        <App />
      </ImportProvider>
    </DeskProvider>
  </StrictMode>,
);
