import express from 'express';
import { ApolloServer } from 'apollo-server-express';
const app = express();
const resolvers = {
  Mutation: {
    login: async (_: unknown, args: { email: string }, { res }: Context) => {
      // expect: cookie-same-site
      res.cookie('token', await makeToken(args.email), { httpOnly: true, secure: true });
      return true;
    },
    refresh: async (_: unknown, _args: unknown, ctx: Context) => {
      // expect: cookie-same-site
      ctx.res.cookie('token', await makeToken(''), { httpOnly: true, secure: true });
      return true;
    },
  },
};
new ApolloServer({ resolvers, context: ({ req, res }) => ({ req, res }) }).applyMiddleware({ app });
app.listen(3000);
