import { MantineProvider } from '@mantine/core';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { type Client } from '@celltrail/protocol/client';
import { ClientProvider } from '../client.js';
import { decideLanguage, isUndecided } from './decide-language.js';
import { Frame } from './Frame.js';
import { useInstallationLanguage, useIsStranger } from './installation.js';
import { LanguageProvider, useChosenLanguage } from './language.js';
import { SignInScreen } from './SignInScreen.js';
import { theme, themeKeeper } from './theme.js';

/** The whole portal. @param client of the server it shows @param queries keeper of the answers */
export function Portal({ client, queries }: { client: Client; queries: QueryClient }) {
  return (
    <ClientProvider value={client}>
      <QueryClientProvider client={queries}>
        <MantineProvider theme={theme} colorSchemeManager={themeKeeper} defaultColorScheme="auto">
          <InItsLanguage />
        </MantineProvider>
      </QueryClientProvider>
    </ClientProvider>
  );
}

// On a very first visit nothing is drawn until the language is known (one short request): a frame in the wrong
// language, turned round a moment later, would be worse.
function InItsLanguage() {
  const [chosen, choose] = useChosenLanguage();
  const installed = useInstallationLanguage();
  const stranger = useIsStranger();
  const wishes = { chosen, installed, browser: navigator.languages };
  if (isUndecided(wishes)) return null;
  return (
    <LanguageProvider language={decideLanguage(wishes)} onChoose={choose}>
      {stranger ? <SignInScreen /> : <Frame />}
    </LanguageProvider>
  );
}
