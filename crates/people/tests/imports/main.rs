//! Imports of people, on both databases.

#[cfg(test)]
mod bad;
#[cfg(test)]
mod clearing;
#[cfg(test)]
mod identity;
#[cfg(test)]
mod large;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod strangers;
#[cfg(test)]
mod undo;
#[cfg(test)]
mod whole;
