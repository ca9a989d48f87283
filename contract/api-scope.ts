/** Which of Kore.ai's two APIs is called (Kore.ai docs, Using XO Platform APIs): `app-builder` names the bot in the path; `admin-console` does not. */
export const API_SCOPES = ['app-builder', 'admin-console'] as const;
export type ApiScope = (typeof API_SCOPES)[number];
