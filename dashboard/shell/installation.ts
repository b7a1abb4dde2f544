import { useEffect, useState } from 'react';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { problemKind, type Me, type PortalSettings, type Role } from '@celltrail/protocol';
import { RequestFailed } from '@celltrail/protocol/client';
import { useClient } from '../client.js';
import { ME } from '../queries.js';
import { recall, remember, REMEMBERED } from './remembered.js';

/** What the portal needs to know of its installation. */
export function usePortalSettings(): UseQueryResult<PortalSettings> {
  const client = useClient();
  return useQuery({ queryKey: ['portal'], queryFn: () => client.portal(), staleTime: Infinity });
}

/** Who the server takes this person for. */
export function useMe(): UseQueryResult<Me> {
  const client = useClient();
  return useQuery({ queryKey: [ME], queryFn: () => client.me() });
}

/** Whether the server asks this browser to sign in first. */
export function useIsStranger(): boolean {
  const { error } = useMe();
  return (
    error instanceof RequestFailed && error.problem !== undefined && problemKind(error.problem) === 'not-signed-in'
  );
}

/** What this person may do, as far as it is known: what it was at the last visit until the server has answered. */
export function useRole(): Role {
  const { data } = useMe();
  useEffect(() => {
    if (data) remember(REMEMBERED.role, data.role);
  }, [data]);
  return data?.role ?? roleOf(recall(REMEMBERED.role));
}

function roleOf(kept: string | null): Role {
  return kept === 'admin' || kept === 'auditor' ? kept : 'analyst';
}

/** How long a first visit waits for the installation's language before it takes the browser's, in ms. */
const PATIENCE_MS = 800;
const NONE = '';

/**
 * The language the installation prefers, from its answer or from the last visit.
 * @returns null when it leaves the choice to the browser, undefined while that is not known
 */
export function useInstallationLanguage(): string | null | undefined {
  const { data, isError } = usePortalSettings();
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setPatient(false), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (data) remember(REMEMBERED.installationLanguage, data.language ?? NONE);
  }, [data]);
  if (data) return data.language;
  const last = recall(REMEMBERED.installationLanguage);
  if (last !== null) return last === NONE ? null : last;
  return isError || !patient ? null : undefined;
}
