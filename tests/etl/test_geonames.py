"""The cities of GeoNames are read as the library has them."""

from __future__ import annotations

from etl.geonames import load_cities


def test_cities_are_those_of_the_library():
    cities = load_cities()
    tallinn = [city for city in cities if city.name == "Tallinn"]
    assert [(city.country, city.geonames_id) for city in tallinn] == [("EE", 588409)]
    assert len({city.geonames_id for city in cities}) == len(cities) > 20_000
    assert all(len(city.country) == 2 for city in cities)
