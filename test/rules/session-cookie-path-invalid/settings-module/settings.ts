interface Settings {
  readonly base: string;
}
export const settings: Settings = { base: 'admin/' };
