//! The whole program: sweeps over everything that is registered, so that a new page, statement or
//! word is checked without anybody thinking of it. Exceptions stand in lists, each with its reason.

#[cfg(test)]
mod filed;
mod looks;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod tree;
#[cfg(test)]
mod words;
#[cfg(test)]
mod world;
