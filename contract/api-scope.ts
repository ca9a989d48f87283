/** The scope that the app has in Kore.ai: `app-builder` names the bot in the path, `admin-console` does not. */
export type ApiScope = 'app-builder' | 'admin-console';

export const API_SCOPES = ['app-builder', 'admin-console'] as const satisfies readonly ApiScope[];
