/**
 * {@code plan-act}: a plan first, then its steps one by one.
 *
 * <p>While a plan is made only tools that read may be used. The plan is the numbered list with which the model ends its
 * turn; it is written to {@code PLAN.md} and needs a person's yes, or none in the mode {@code auto}, or is there already
 * in the mode {@code require}. Then the model is told one step at a time, at the end of the conversation. A step is over
 * when the model ends its turn; it has failed when the last call of it failed, or when the model says so. A step that
 * failed twice is planned anew. Where things stand lies in the session's folder, from where a session that is taken up
 * again goes on, and for others to read in {@code .bantam/progress.json}, from where nothing is ever read.
 *
 * <p>Does nothing until it is asked for: {@code --plan}, {@code /plan}, or the setting {@code plan-act.mode}.
 */
package dev.bantam.ext.planact;
