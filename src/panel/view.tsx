import { useEffect, useMemo, useState, type JSX } from 'react';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { OwnedSummary } from '@celltrail/protocol';
import { oneAtATime, RequestFailed, type Client } from '@celltrail/protocol/client';
import { guarded } from '../guarded.js';
import type { ISettings } from '../tokens.js';
import type { ActiveNotebook } from './notebook.js';
import { ownClient } from './client.js';
import { ask, wanted, type PanelAnswer } from './questions.js';
import { Figures, Runs } from './parts.js';

/** What the view stands on. */
export interface ViewParts {
  settings: ISettings;
  notebook: ActiveNotebook;
  /** Opens a run's notebook, if need be, and goes to its cell. */
  jump: (run: OwnedSummary) => Promise<void>;
  /** makes a client of where the server is; handed in by tests */
  connect?: typeof ownClient;
}

/** The panel's content as a widget of Lab. */
export class PanelView extends ReactWidget {
  constructor(private readonly parts: ViewParts) {
    super();
    this.addClass('celltrail-PanelView');
    parts.settings.changed.connect(this.renew);
    parts.notebook.changed.connect(this.renew);
  }

  override dispose(): void {
    this.parts.settings.changed.disconnect(this.renew);
    this.parts.notebook.changed.disconnect(this.renew);
    super.dispose();
  }

  protected override render(): JSX.Element {
    const { endpoint, token } = this.parts.settings.values;
    return <View {...this.parts} path={this.parts.notebook.path} endpoint={endpoint} token={token} />;
  }

  private readonly renew = (): void => this.update();
}

function View({
  settings,
  jump,
  path,
  endpoint,
  token,
  connect = ownClient
}: ViewParts & { path: string | null; endpoint: string; token: string | null }) {
  const { t, direction, values } = settings;
  const client = useMemo(() => connect({ endpoint, token }), [connect, endpoint, token]);
  const [onlyThis, setOnlyThis] = useState(true);
  const [text, setText] = useState('');
  const { answer, failure } = useAnswer(client);
  const portal = `${endpoint}/portal`;
  return (
    <div dir={direction} lang={values.language} className="celltrail-PanelView-body">
      <div className="celltrail-PanelView-head">
        <h2>{t('panel.title')}</h2>
        <a href={portal} target="_blank" rel="noopener">
          {t('panel.portal')}
        </a>
      </div>
      {answer && <Figures stats={answer.stats} t={t} language={values.language} />}
      <input
        className="celltrail-PanelView-search jp-mod-styled"
        type="search"
        // An empty box has no direction of its own, and its placeholder would start outside.
        dir={text ? 'auto' : direction}
        aria-label={t('panel.search')}
        placeholder={t('panel.search')}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      <label className="celltrail-PanelView-only">
        <input
          type="checkbox"
          checked={onlyThis && path !== null}
          disabled={path === null}
          onChange={event => setOnlyThis(event.target.checked)}
        />
        {t('panel.onlyThis')}
      </label>
      <div role="status">
        {failure && (
          <p className="celltrail-PanelView-failure">
            {t('panel.failed')} <bdi dir="ltr">{wordsOf(failure)}</bdi>
          </p>
        )}
      </div>
      {answer && (
        <Runs
          runs={wanted(answer.runs, { notebook: onlyThis ? path : null, text })}
          t={t}
          language={values.language}
          address={id => `${portal}/executions/${id}`}
          onJump={guarded('panel', jump)}
        />
      )}
    </div>
  );
}

function wordsOf(error: Error): string {
  return (error instanceof RequestFailed ? error.problem?.detail : null) ?? error.message;
}

/** What the server answers, asked anew after each change and each reconnection. */
function useAnswer(client: Client): { answer: PanelAnswer | null; failure: Error | null } {
  const [answer, setAnswer] = useState<PanelAnswer | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  useEffect(() => {
    let over = false;
    const refresh = oneAtATime(async () => {
      try {
        const next = await ask(client);
        if (over) return;
        setAnswer(next);
        setFailure(null);
      } catch (error) {
        if (!over) setFailure(error instanceof Error ? error : new Error(String(error)));
      }
    });
    refresh();
    const end = client.live({ onChange: refresh, onConnected: connected => connected && refresh() });
    return () => {
      over = true;
      end();
    };
  }, [client]);
  return { answer, failure };
}
