import type { OwnedSummary, Stats } from '@celltrail/protocol';
import type { Client } from '@celltrail/protocol/client';

/** How many of the person's last runs the panel looks through. */
const LOOKED_THROUGH = 200;
/** How many it lists. */
const LISTED = 50;

/** What the panel shows: the person's figures, and their last runs. */
export interface PanelAnswer {
  stats: Stats;
  runs: readonly OwnedSummary[];
}

/** What of the last runs is listed. */
export interface Wanted {
  /** only this notebook's; null for all */
  notebook: string | null;
  /** words in the code, the error or the path; empty for all */
  text: string;
}

/** Asks the server. @throws RequestFailed */
export async function ask(client: Client): Promise<PanelAnswer> {
  const tz = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [stats, { items }] = await Promise.all([client.stats(tz), client.activity({ limit: LOOKED_THROUGH })]);
  return { stats, runs: items };
}

/** Those of the runs that are wanted, the newest first. Every word has to be there, in any case. */
export function wanted(runs: readonly OwnedSummary[], { notebook, text }: Wanted): OwnedSummary[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (run: OwnedSummary): boolean => {
    if (notebook !== null && run.notebook_path !== notebook) return false;
    const whole = [run.code_preview, run.error_message, run.notebook_path].join('\n').toLowerCase();
    return words.every(word => whole.includes(word));
  };
  return runs.filter(fits).slice(0, LISTED);
}
