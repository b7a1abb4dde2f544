import { createContext, useContext } from 'react';
import { type Client } from '@celltrail/protocol/client';

const ClientContext = createContext<Client | null>(null);

/** Hands the server's client to everything below it. */
export const ClientProvider = ClientContext.Provider;

/** The server's client. @throws Error outside a {@link ClientProvider} */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error('no ClientProvider above');
  return client;
}
