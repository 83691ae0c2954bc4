/** Placeholder, replaced at once by the code analysis. */
export interface App { readonly todo: never }
export interface Program { readonly todo: never }
export interface SessionSetup { readonly todo: never }
