/** Tells what a program calls a value: the names in the expression that gives it. */
import type * as t from '@babel/types';

/** The names in an expression, as far as they say what its value is. */
export function wordsIn(node: t.Node, depth = 0): string | null {
  if (depth > 6) return null;
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const object = wordsIn(node.object, depth + 1);
      const key =
        !node.computed && node.property.type === 'Identifier'
          ? node.property.name
          : node.property.type === 'StringLiteral' || node.property.type === 'NumericLiteral'
            ? String(node.property.value)
            : null;
      if (key === null) return object;
      return object === null ? key : `${object}.${key}`;
    }
    case 'ThisExpression':
      return 'this';
    case 'CallExpression':
    case 'OptionalCallExpression': {
      const { callee } = node;
      const last =
        (callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression') &&
        callee.property.type === 'Identifier'
          ? callee.property.name
          : null;
      // A conversion is called as what it converts.
      if (last === 'toString' || last === 'toJSON' || last === 'toHexString')
        return wordsIn((callee as t.MemberExpression).object, depth + 1);
      const name = wordsIn(callee, depth + 1);
      const [argument] = node.arguments;
      if (
        argument !== undefined &&
        name !== null &&
        /^(?:String|JSON\.stringify|encodeURIComponent|escape|encodeURI)$/.test(name)
      )
        return wordsIn(argument, depth + 1);
      return name === null ? null : `${name}()`;
    }
    case 'AwaitExpression':
      return wordsIn(node.argument as t.Node, depth + 1);
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return wordsIn(node.expression, depth + 1);
    case 'LogicalExpression':
      return wordsIn(node.left, depth + 1);
    case 'TemplateLiteral':
      return node.expressions.length === 1 ? wordsIn(node.expressions[0] as t.Node, depth + 1) : null;
    default:
      return null;
  }
}
