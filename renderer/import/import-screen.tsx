import type { ReactNode } from 'react';
import { faultLine } from '../../shared/result.ts';
import { useValue } from '../desk/hooks.ts';
import { DropZone } from './drop-zone.tsx';
import { EarlierImports } from './earlier-imports.tsx';
import { JobProgress } from './job-progress.tsx';
import { PlanView } from './plan-view.tsx';
import { ProfileEditor } from './profile-editor.tsx';
import { mayBeCuredByMapping, type ImportFlow, type ImportStep } from './import-flow.ts';
import { useImport, useImportStep } from './use-import.ts';

function Refused({ files, name, fault, file }: { files: ImportFlow } & Omit<Extract<ImportStep, { step: 'refused' }>, 'step'>): ReactNode {
  return (
    <div className="refused" role="alert" data-testid="import-refused">
      <h2>{name} was not imported</h2>
      <p>{faultLine(fault)}</p>
      <p className="faint">The book is as it was.</p>
      <div className="acts">
        {file && mayBeCuredByMapping(fault, name) && <button onClick={() => files.map(file)}>Map its columns</button>}
        <button onClick={files.discard}>{useValue(files.waiting) > 0 ? 'Next file' : 'Close'}</button>
      </div>
    </div>
  );
}

function Step({ files, now }: { files: ImportFlow; now: ImportStep }): ReactNode {
  if (now.step === 'idle') return <DropZone files={files} small={false} />;
  if (now.step === 'receiving') return <p className="screen-wait">Taking in {now.name} …</p>;
  if (now.step === 'planning') return <JobProgress jobId={now.jobId} label={`Reading ${now.file.name}`} onCancel={files.cancel} />;
  if (now.step === 'mapping') {
    return <ProfileEditor fileId={now.file.fileId} fileName={now.file.name} fault={now.fault} startFrom={now.profile} onUse={(profile) => files.plan(now.file, profile)} onDiscard={files.discard} />;
  }
  if (now.step === 'refused') {
    return (
      <>
        <Refused files={files} name={now.name} fault={now.fault} file={now.file} />
        <DropZone files={files} small />
      </>
    );
  }
  return (
    <PlanView
      plan={now.plan}
      busy={now.step === 'applying' ? <JobProgress jobId={now.jobId} label="Writing to the book" onCancel={files.cancel} /> : null}
      onAccept={files.accept}
      onDiscard={files.discard}
      onMap={now.plan.format === 'generic-csv' ? () => files.map(now.file) : null}
    />
  );
}

/** A file comes in, is shown as a plan, and is written into the book when a person accepts it. */
export function ImportScreen(): ReactNode {
  const files = useImport();
  const now = useImportStep();
  const waiting = useValue(files.waiting);
  const { step } = now;
  const showEarlier = step === 'idle' || step === 'receiving' || step === 'planning' || step === 'refused';
  return (
    <div className="import-screen">
      {waiting > 0 && <p className="waiting">{waiting === 1 ? '1 more file waits.' : `${waiting} more files wait.`}</p>}
      <Step files={files} now={now} />
      {showEarlier && <EarlierImports />}
    </div>
  );
}
