import express from 'express';
import session from 'express-session';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
const app = express();
app.use(session({ secret: process.env.SECRET! }));
@Resolver()
export class UserResolver {
  @Mutation(() => Boolean)
  async login(@Arg('email') email: string, @Arg('password') password: string, @Ctx() { req }: MyContext) {
    const user = await User.findOne({ email });
    if (!user) return false;
    // expect: session-fixation
    req.session.userId = user.id;
    return true;
  }
}
app.listen(3000);
