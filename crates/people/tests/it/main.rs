//! Stores on both databases, and pages through the router.

#[cfg(test)]
mod account;
#[cfg(test)]
mod activation;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod duplicates;
#[cfg(test)]
mod list;
#[cfg(test)]
mod looks;
#[cfg(test)]
mod passwords;
#[cfg(test)]
mod people;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod stores;
#[cfg(test)]
mod units;
