use serde::Serialize;

use super::{Answer, Call, call::data};

/// `GET /v3/users/me`: the usual check of a key.
pub(super) fn answer(call: &Call<'_>) -> Answer {
    data(User {
        email: None,
        first_name: None,
        last_name: None,
        username: &call.settings.username,
        billing_type: "wallet",
        wallet: Wallet {
            currency: "usd",
            remaining_balance: 0.0,
        },
    })
}

#[derive(Serialize)]
struct User<'a> {
    email: Option<&'a str>,
    first_name: Option<&'a str>,
    last_name: Option<&'a str>,
    username: &'a str,
    billing_type: &'a str,
    wallet: Wallet<'a>,
}

#[derive(Serialize)]
struct Wallet<'a> {
    currency: &'a str,
    remaining_balance: f64,
}
