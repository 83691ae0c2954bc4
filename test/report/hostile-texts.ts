/** Makes random texts that are rich in what Markdown, HTML, GitHub, its runner and terminals act on. */
import fc from 'fast-check';

// biome-ignore format: a list to be read as one
const charged = [
  '@user', '@org/team', '#12', 'GH-12', 'owner/repo#1', 'a1b2c3d4e5', 'www.evil.example', 'https://evil.example/x', 'me@evil.example',
  'express@4.22.3', 'mailto:a@b.c', 'xmpp:a@b.c', ':tada:', '$x^2$', '$`x`$', '`', '``', '```', '~~~', '~', '*', '**', '_', '__', '[', ']', '(', ')',
  '](https://evil.example)', '![i](https://evil.example/i.png)', '[^1]', '[ ]', '[!NOTE]', '<b>', '</details>', '<script>', '<!--', '-->', '--', '<https://evil.example>',
  '<a href="x">', '&amp;', '&#64;user', '&commat;user', '|', '\\', '\\|', '\\`', '\\@user', '#', '##', '- ', '+ ', '1. ', '1)', '> ', '=', '---', '===', '***', ' ', '  ',
  '\n', '\n\n', '\r', '\t', '    ', '\u202e', '\u200b', '\ufeff', '\u0000', '\u001b[31m', '\ud800', '\u2028', '\u00a0', 'a', 'word', '.', ',', ':', '!', '"', "'", 'é', '漢字', '😀',
  '{{', '%0A', '::error::x', '##[error]x', '<!-- express-gate:comment key="x" -->', 'javascript:alert(1)',
  '::', '::set-output name=a::b', '::stop-commands::t', '##[', '#', '###[group]', '%', '%250A', '%25', '%3A', '%2C', '\r\n', ',', '==', ',title=x', '\u0085', '\u200b::error::x', ':\u200b:error::x', '\ufeff::error::x',
];

export const hostileTexts: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...charged), { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
);
