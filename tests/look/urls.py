"""The product's addresses and the style page, which the product itself shows in development only."""

from django.urls import path

from healthaid.urls import urlpatterns as product
from healthaid.views.look import look

urlpatterns = [*product, path("_look/", look, name="look")]
