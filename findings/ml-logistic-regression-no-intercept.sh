#!/usr/bin/env bash
# ml-logistic-regression 2.0.0: the model has no intercept, so the base rate cannot be learned.
#
# One would guess: logistic regression fits an intercept, as it does in R, Python and textbooks.
# What is so: there is one weight per column and none beside them. Where all features are zero the probability is .5 whatever the data
# say: 100 cases with x = 0 of which ten are positive give .5, not .1.
# Why it matters here: in a win model the intercept IS the base rate; deals without any known feature would be given even odds where
# one in ten is won. A column of ones has to be added by hand.
# Source: seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error ml-logistic-regression@2.0.0 ml-matrix@6.15.1 > /dev/null

cat > try.mjs <<'JS'
import * as module from 'ml-logistic-regression'
import { Matrix } from 'ml-matrix'
const LogisticRegression = module.default?.default ?? module.default
const x = []
const y = []
for (let i = 0; i < 200; i++) {
  x.push([i % 2])
  y.push(i % 2 === 1 || i % 20 === 0 ? 1 : 0)
}
const zeros = y.filter((_, i) => x[i][0] === 0)
console.log('share won among x = 0:', zeros.filter(Boolean).length / zeros.length)
const model = new LogisticRegression({ numSteps: 2000, learningRate: 5e-3 })
model.train(new Matrix(x), Matrix.columnVector(y))
console.log('weights:', model.classifiers[0].weights.columns, 'for', x[0].length, 'feature')
console.log('probability at x = 0:', model.classifiers[0].testScores(new Matrix([[0]]))[0])
JS
cat > seen.txt <<'SEEN'
share won among x = 0: 0.1
weights: 1 for 1 feature
probability at x = 0: 0.5
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
