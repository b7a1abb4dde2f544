import { type Stage } from './scenario.js';

/** What an execute_request may say beside its code. */
export interface RunOptions {
  silent?: boolean;
  store_history?: boolean;
}

// A client that is no browser finds the connection file where Lab's server put it. Kernels abort what comes a moment
// after a failure, unless the failing request says otherwise.
const CLIENT = `
import sys, json
from jupyter_client import BlockingKernelClient
from jupyter_core.paths import jupyter_runtime_dir
client = BlockingKernelClient(connection_file=f"{jupyter_runtime_dir()}/kernel-{sys.argv[1]}.json")
client.load_connection_file(); client.start_channels(); client.wait_for_ready(timeout=20)
for line in sys.argv[2:]:
    code, options = json.loads(line)
    client.execute(code, stop_on_error=False, **options, reply=True, timeout=20)
client.stop_channels()
`;

/** Runs code on a kernel one after the other, as a client that is no browser. */
export async function runElsewhere(
  { python }: Stage,
  kernel: string,
  runs: readonly (readonly [code: string, options?: RunOptions])[]
): Promise<void> {
  await python(CLIENT, kernel, ...runs.map(([code, options]) => JSON.stringify([code, options ?? {}])));
}
